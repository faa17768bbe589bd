import { isDeepStrictEqual } from 'node:util';
import type { OperatorType } from '@rnoce/schemas/operator-types';
import { z } from 'zod';
import type { JsonFile } from '../storage/json-file.ts';
import { Company, type CompanyChanges, type CompanyOverrides, Registration } from './company.ts';
import { inventCompanies, inventCompany, type Random } from './generator.ts';
import { changeCompany, Operation } from './operation.ts';

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

/** An operation that was carried out. */
export const ReceivedOperation = z.object({
  reference: z.string(),
  appliedAt: z.iso.datetime(),
  ice: z.string(),
  /** How often it was sent. */
  asked: z.int(),
  operation: Operation,
});
export type ReceivedOperation = z.infer<typeof ReceivedOperation>;

export type OperationOutcome =
  | { status: 'created' | 'repeated'; appliedAt: string }
  | { status: 'reference_already_used' }
  | { status: 'record_changed'; fields: string[] }
  | { status: 'account_status'; accountStatus: Company['accountStatus'] }
  | { status: 'refused'; reason: string };

const State = z.object({
  companies: z.array(Company),
  registrations: z.array(ReceivedRegistration),
  operations: z.array(ReceivedOperation).default([]),
});

const keyOf = (company: { ice: string; operatorType: OperatorType }) =>
  `${company.operatorType}:${company.ice}`;

/** The identifiers of `asked` that the company doesn't have. */
const differences = (company: Company, asked: Identifiers) =>
  identifierFields.filter((field) => company[field] !== asked[field]);

/** What the sandbox's BADR knows: companies by operator type and ICE, the registrations and the operations received. Changes are on disk when they resolve. */
export class BadrStore {
  readonly #file: JsonFile;
  readonly #random: Random;
  readonly #now: () => Date;
  #companies = new Map<string, Company>();
  #registrations = new Map<string, ReceivedRegistration>();
  #operations = new Map<string, ReceivedOperation>();

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
    this.#operations = new Map(state.operations.map((received) => [received.reference, received]));
  }

  #save(): Promise<void> {
    return this.#file.write(() => ({
      companies: this.companies(),
      registrations: this.registrations(),
      operations: this.operations(),
    }));
  }

  /** Back to the fixtures and the invented companies. */
  async reset(): Promise<void> {
    this.#load({ companies: inventCompanies(seed, inventedCount), registrations: [], operations: [] });
    await this.#save();
  }

  companies(): Company[] {
    return [...this.#companies.values()];
  }

  /** Newest last, as received. */
  registrations(): ReceivedRegistration[] {
    return [...this.#registrations.values()];
  }

  /** Newest last, as carried out. */
  operations(): ReceivedOperation[] {
    return [...this.#operations.values()];
  }

  findByAccount(accountNumber: string): Company | undefined {
    return this.companies().find((company) => company.accountNumber === accountNumber);
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
    changes: CompanyChanges,
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

  /** Carries an operation out once per reference, or says why nothing was written. */
  async operate(reference: string, operation: Operation): Promise<OperationOutcome> {
    const earlier = this.#operations.get(reference);
    if (earlier) {
      if (!isDeepStrictEqual(earlier.operation, operation)) return { status: 'reference_already_used' };
      this.#operations.set(reference, { ...earlier, asked: earlier.asked + 1 });
      await this.#save();
      return { status: 'repeated', appliedAt: earlier.appliedAt };
    }
    const company = this.findByAccount(operation.accountNumber);
    if (!company) return { status: 'refused', reason: `Compte inconnu : ${operation.accountNumber}.` };
    const { accountStatus } = company;
    const needed = operation.type === 'restoration' ? 'cancelled' : 'active';
    if (accountStatus !== needed) return { status: 'account_status', accountStatus };
    const changed = this.#changed(company, operation);
    if (changed.status !== 'changed') return changed;
    this.#replace(company, changed.company);
    const appliedAt = this.#now().toISOString();
    const { ice } = changed.company;
    this.#operations.set(reference, { reference, appliedAt, ice, asked: 1, operation });
    await this.#save();
    return { status: 'created', appliedAt };
  }

  #changed(company: Company, operation: Operation): ReturnType<typeof changeCompany> {
    if (operation.type !== 'update') {
      const accountStatus = operation.type === 'cancellation' ? 'cancelled' : 'active';
      return { status: 'changed', company: { ...company, accountStatus } };
    }
    const changed = changeCompany(company, operation);
    const moves = changed.status === 'changed' && keyOf(changed.company) !== keyOf(company);
    return moves && this.#companies.has(keyOf(changed.company))
      ? { status: 'refused', reason: 'Cet ICE est déjà celui d’un autre compte.' }
      : changed;
  }

  /** In the place of the company before, whose ICE may have been another. */
  #replace(before: Company, after: Company): void {
    this.#companies = new Map(
      this.companies().map((company) => {
        const kept = company === before ? after : company;
        return [keyOf(kept), kept];
      }),
    );
  }

  /** After every number of the series 3 given so far, so also after a restart. */
  #newAccountNumber(): string {
    const given = this.registrations().map((received) =>
      Number(/^C3(\d{7})$/.exec(received.accountNumber)?.[1] ?? 0),
    );
    return `C3${String(Math.max(0, ...given) + 1).padStart(7, '0')}`;
  }
}
