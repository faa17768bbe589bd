import { readFileSync } from 'node:fs';
import { type OperatorType, operatorTypes } from '@rnoce/schemas/operator-types';
import { z } from 'zod';
import type { Company, CompanyManager, CompanyOverrides } from './company.ts';
import { demoCompanies } from './demo-companies.ts';
import { fixtures, iceOf, ribOf } from './fixtures.ts';
import { brands, firstNames, lastNames, streets, trades } from './invented-words.ts';

/** Numbers from 0 to 1, 1 excluded. */
export type Random = () => number;

/** The same numbers for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const readList = <T extends z.ZodType>(name: string, schema: T): z.infer<T> =>
  schema.parse(
    JSON.parse(
      readFileSync(new URL(`../../../../packages/schemas/data/${name}.json`, import.meta.url), 'utf8'),
    ),
  );

const { centres } = readList(
  'centres-rc',
  z.object({ centres: z.array(z.object({ code: z.string(), villeHcp: z.string() })) }),
);
const { villes } = readList(
  'villes',
  z.object({
    villes: z.array(
      z.object({ code: z.string(), label: z.string(), labelHcp: z.string().optional(), codeHcp: z.string() }),
    ),
  }),
);
const { banques } = readList(
  'banques',
  z.object({ banques: z.array(z.object({ codesRib: z.array(z.string()) })) }),
);

const bankCodes = banques.flatMap((bank) => bank.codesRib);
const townsByHcp = new Map(villes.map((town) => [town.codeHcp, town]));
/** The places where a company can be: a register centre and its town. */
const places = centres.flatMap((centre) => {
  const town = townsByHcp.get(centre.villeHcp);
  return town ? [{ rcCentre: centre.code, city: town.code, name: town.labelHcp ?? town.label }] : [];
});
/** Where most companies are; the others come after. */
const bigCentres = new Set(['81', '85', '61', '01', '27', '45', '47', '55', '35', '83']);
const bigPlaces = places.filter((place) => bigCentres.has(place.rcCentre));

const origins = ['lease', 'lease', 'domiciliation', 'acquisition'] as const;

const pick = <T>(random: Random, items: readonly T[]): T => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
};
const between = (random: Random, low: number, high: number) => low + Math.floor(random() * (high - low + 1));
const digits = (random: Random, count: number) =>
  Array.from({ length: count }, () => between(random, 0, 9)).join('');
const date = (random: Random, firstYear: number, lastYear: number) =>
  `${between(random, firstYear, lastYear)}-${String(between(random, 1, 12)).padStart(2, '0')}-${String(between(random, 1, 28)).padStart(2, '0')}`;

const slug = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

const inventManager = (random: Random, town: string): CompanyManager => {
  const idType = random() < 0.9 ? 'cin' : pick(random, ['residence_permit', 'passport'] as const);
  const address = `${between(random, 1, 180)}, ${pick(random, streets)}, ${town}`;
  return {
    lastName: pick(random, lastNames),
    firstName: pick(random, firstNames),
    address,
    birthDate: date(random, 1950, 2000),
    idType,
    idNumber:
      idType === 'cin'
        ? `${pick(random, ['A', 'AE', 'B', 'BE', 'BK', 'C', 'D', 'EE', 'F', 'G', 'JC', 'K', 'L'])}${between(random, 10_000, 999_999)}`
        : idType === 'passport'
          ? `${pick(random, ['FR', 'SN', 'ES', 'TN'])}${digits(random, 7)}`
          : `R${digits(random, 7)}`,
    idAddress: address,
    idExpiresOn: date(random, 2028, 2036),
  };
};

/**
 * A plausible company that doesn't exist, with right check digits, a `.example` address and what `given` fixes.
 * Its ICE starts with `0099`; the caller looks to it that no two are alike.
 */
export function inventCompany(random: Random, given: CompanyOverrides = {}): Company {
  const operatorType: OperatorType = given.operatorType ?? pick(random, operatorTypes);
  const entityType = given.entityType ?? (random() < 0.82 ? 'legal_person' : 'natural_person');
  const origin = given.origin ?? pick(random, origins);
  const place = pick(random, random() < 0.65 ? bigPlaces : places);
  const trade = trades[operatorType];
  const [mainActivity, actualActivity] = pick(random, trade.activities);
  const managers = Array.from(
    { length: entityType === 'natural_person' ? 1 : pick(random, [1, 1, 1, 2, 3]) },
    () => inventManager(random, place.name),
  );
  const brand = pick(random, brands);
  const shortName =
    entityType === 'natural_person'
      ? `${managers[0]?.firstName} ${managers[0]?.lastName}`
      : random() < 0.5
        ? `${brand} ${pick(random, trade.names)}`
        : `${pick(random, trade.names)} ${brand}`;
  const legalName =
    entityType === 'natural_person'
      ? shortName
      : `${shortName} ${pick(random, ['SARL', 'SARL', 'SARL AU', 'SA'])}`;
  const startYear = between(random, 1988, 2024);
  const phone = `+2125${pick(random, ['22', '23', '24', '28', '35', '36', '37', '39'])}${digits(random, 6)}`;
  return {
    entityType,
    operatorType,
    ice: iceOf(`0099${between(random, 10_000, 99_999)}`),
    rcNumber: String(between(random, 1_000, 600_000)),
    rcCentre: place.rcCentre,
    taxId: String(between(random, 1_000_000, 59_999_999)),
    legalName,
    startDate: date(random, startYear, startYear),
    address: `${between(random, 1, 240)}, ${pick(random, streets)}, ${place.name}`,
    origin,
    ...(origin === 'domiciliation' && {
      domiciledAt: `Centre d’affaires ${pick(random, brands)}, ${place.name}`,
      domiciliationExpiresOn: date(random, 2028, 2033),
    }),
    city: place.city,
    mainActivity,
    actualActivity,
    acronym: slug(shortName)
      .split('-')
      .map((word) => word.charAt(0).toUpperCase())
      .join(''),
    tradeName: shortName,
    phone,
    ...(random() < 0.3 && { fax: `${phone.slice(0, -2)}${digits(random, 2)}` }),
    email: `contact@${slug(shortName)}-${digits(random, 3)}.example`,
    ...(operatorType === 'customs_broker' && { approvalNumber: `AGR-${digits(random, 4)}` }),
    managers,
    ...(operatorType === 'importer' && { rib: ribOf(`${pick(random, bankCodes)}780${digits(random, 16)}`) }),
    accountNumber: `C2${digits(random, 7)}`,
    accountStatus: random() < 0.97 ? 'active' : 'cancelled',
    registeredAt: `${startYear + 1}-0${between(random, 1, 9)}-1${digits(random, 1)}T0${between(random, 8, 9)}:${between(random, 10, 59)}:00.000Z`,
    ...given,
  };
}

/** The companies of a fresh sandbox: the fixtures, the portal's demonstration companies, then `count` invented ones, the same for the same seed. */
export function inventCompanies(seed: number, count: number): Company[] {
  const random = seededRandom(seed);
  const companies: Company[] = structuredClone([...Object.values(fixtures), ...demoCompanies]);
  const taken = new Set(
    companies.flatMap((company) => [company.ice, company.legalName, company.accountNumber]),
  );
  for (let made = 0; made < count; ) {
    // In rounds of 4 types, 5 entities and 4 origins, so that no combination is missing.
    const round = Math.floor(made / operatorTypes.length);
    const company = inventCompany(random, {
      operatorType: operatorTypes[made % operatorTypes.length],
      entityType: round % 5 === 0 ? 'natural_person' : 'legal_person',
      origin: origins[round % origins.length],
    });
    const marks = [company.ice, company.legalName, company.accountNumber];
    if (marks.some((mark) => taken.has(mark))) continue;
    for (const mark of marks) taken.add(mark);
    companies.push(company);
    made += 1;
  }
  return companies;
}
