import { isDeepStrictEqual } from 'node:util';
import type { OperatorType } from '@rnoce/schemas/operator-types';
import { z } from 'zod';
import type { JsonFile } from '../storage/json-file.ts';
import { Company, type CompanyOverrides, Registration } from './company.ts';
import { inventCompanies, inventCompany, type Random } from './generator.ts';

const seed = 2026;
const inventedCount = 300;

export interface Identifiers {
  operatorType: OperatorType;
  ice: string;
  taxId: string;
  rcNumber: string;
  rcCentre: string;
}

const identifierFields = ['taxId', 'rcNumber', 'rcCentre'] as const;
export type IdentifierField = (typeof identifierFields)[number];

export type Lookup =
  | { status: 'registered'; company: Company }
  | { status: 'not_registered' }
  | { status: 'identifiers_differ'; fields: IdentifierField[] };

/** A registration that customs' validation sent, as it came, with what BADR answered. */
export const ReceivedRegistration = z.object({
  reference: z.string(),
  receivedAt: z.iso.datetime(),
  accountNumber: z.string(),
  registeredAt: z.iso.datetime(),
  record: Registration,
});
export type ReceivedRegistration = z.infer<typeof ReceivedRegistration>;

export type RegisterOutcome =
  | { status: 'created' | 'repeated'; accountNumber: string; registeredAt: string }
  | { status: 'reference_already_used' }
  | { status: 'refused'; reason: string };

const State = z.object({ companies: z.array(Company), registrations: z.array(ReceivedRegistration) });

const keyOf = (company: { ice: string; operatorType: OperatorType }) =>
  `${company.operatorType}:${company.ice}`;

/** The identifiers of `asked` that the company doesn't have. */
const differences = (company: Company, asked: Identifiers) =>
  identifierFields.filter((field) => company[field] !== asked[field]);

/** What the sandbox's BADR knows: companies by operator type and ICE, and the registrations received. Changes are on disk when they resolve. */
export class BadrStore {
  readonly #file: JsonFile;
  readonly #random: Random;
  readonly #now: () => Date;
  #companies = new Map<string, Company>();
  #registrations = new Map<string, ReceivedRegistration>();

  private constructor(file: JsonFile, random: Random, now: () => Date) {
    this.#file = file;
    this.#random = random;
    this.#now = now;
  }

  /** Reads what was stored, or starts with the fixtures and the invented companies. Throws when the file holds something else. */
  static async open(options: { file: JsonFile; random: Random; now: () => Date }): Promise<BadrStore> {
    const store = new BadrStore(options.file, options.random, options.now);
    const stored = await options.file.read();
    if (stored === undefined) await store.reset();
    else store.#load(State.parse(stored));
    return store;
  }

  #load(state: z.infer<typeof State>): void {
    this.#companies = new Map(state.companies.map((company) => [keyOf(company), company]));
    this.#registrations = new Map(state.registrations.map((received) => [received.reference, received]));
  }

  #save(): Promise<void> {
    return this.#file.write(() => ({ companies: this.companies(), registrations: this.registrations() }));
  }

  /** Back to the fixtures and the invented companies. */
  async reset(): Promise<void> {
    this.#load({ companies: inventCompanies(seed, inventedCount), registrations: [] });
    await this.#save();
  }

  companies(): Company[] {
    return [...this.#companies.values()];
  }

  /** Newest last, as received. */
  registrations(): ReceivedRegistration[] {
    return [...this.#registrations.values()];
  }

  /** The company with that ICE; of the operator type when one is given, else the first. */
  findByIce(ice: string, operatorType?: OperatorType): Company | undefined {
    if (operatorType) return this.#companies.get(keyOf({ ice, operatorType }));
    return this.companies().find((company) => company.ice === ice);
  }

  /** Registered when ICE and operator type are known and every other identifier agrees. */
  lookUp(asked: Identifiers): Lookup {
    const company = this.#companies.get(keyOf(asked));
    if (!company) return { status: 'not_registered' };
    const fields = differences(company, asked);
    return fields.length > 0 ? { status: 'identifiers_differ', fields } : { status: 'registered', company };
  }

  /** Adds a company, inventing what isn't given: an invented ICE is nobody else's. Undefined when its ICE is already there for its operator type. */
  async add(given: CompanyOverrides): Promise<Company | undefined> {
    let company = inventCompany(this.#random, given);
    while (given.ice === undefined && this.findByIce(company.ice))
      company = inventCompany(this.#random, given);
    if (this.#companies.has(keyOf(company))) return undefined;
    this.#companies.set(keyOf(company), company);
    await this.#save();
    return company;
  }

  /** Changes a company in place, its ICE and operator type apart; undefined when it isn't there. */
  async change(
    ice: string,
    operatorType: OperatorType | undefined,
    changes: Pick<CompanyOverrides, 'email' | 'accountStatus'>,
  ): Promise<Company | undefined> {
    const company = this.findByIce(ice, operatorType);
    if (!company) return undefined;
    const changed = { ...company, ...changes };
    this.#companies.set(keyOf(company), changed);
    await this.#save();
    return changed;
  }

  async remove(ice: string, operatorType?: OperatorType): Promise<boolean> {
    const company = this.findByIce(ice, operatorType);
    if (!company) return false;
    this.#companies.delete(keyOf(company));
    await this.#save();
    return true;
  }

  /** Takes a registration once per reference: the same one again changes nothing, another one is refused. */
  async register(reference: string, record: Registration): Promise<RegisterOutcome> {
    const earlier = this.#registrations.get(reference);
    if (earlier) {
      if (!isDeepStrictEqual(earlier.record, record)) return { status: 'reference_already_used' };
      return { status: 'repeated', accountNumber: earlier.accountNumber, registeredAt: earlier.registeredAt };
    }
    const known = this.#companies.get(keyOf(record));
    const fields = known ? differences(known, record) : [];
    if (fields.length > 0) {
      return {
        status: 'refused',
        reason: `Cet ICE est connu avec d'autres identifiants : ${fields.join(', ')}.`,
      };
    }
    const receivedAt = this.#now().toISOString();
    const company: Company = {
      ...record,
      accountNumber: known?.accountNumber ?? this.#newAccountNumber(),
      accountStatus: 'active',
      registeredAt: known?.registeredAt ?? receivedAt,
    };
    const { accountNumber, registeredAt } = company;
    this.#companies.set(keyOf(company), company);
    this.#registrations.set(reference, { reference, receivedAt, accountNumber, registeredAt, record });
    await this.#save();
    return { status: 'created', accountNumber, registeredAt };
  }

  /** After every number of the series 3 given so far, so also after a restart. */
  #newAccountNumber(): string {
    const given = this.registrations().map((received) =>
      Number(/^C3(\d{7})$/.exec(received.accountNumber)?.[1] ?? 0),
    );
    return `C3${String(Math.max(0, ...given) + 1).padStart(7, '0')}`;
  }
}
