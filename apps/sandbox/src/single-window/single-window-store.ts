import { isDeepStrictEqual } from 'node:util';
import { operatorTypes } from '@rnoce/schemas/operator-types';
import { z } from 'zod';
import type { JsonFile } from '../storage/json-file.ts';

const text = z.string().min(1).max(500);

/** What the portal sends for a user (docs/decisions/016-single-window-protocol.md). */
export const Opening = z.strictObject({
  subscriptionCode: z.string().regex(/^[0-9A-Z]{4}$/),
  operator: z.strictObject({
    ice: z.string().regex(/^\d{15}$/),
    legalName: text,
    operatorType: z.enum(operatorTypes),
  }),
  user: z.strictObject({
    lastName: text,
    firstName: text,
    email: z.email(),
    cin: text,
    idAddress: text,
    idExpiresOn: z.iso.date(),
  }),
});
export type Opening = z.infer<typeof Opening>;

const OpenedAccount = z.object({
  reference: z.string(),
  login: z.string(),
  openedAt: z.iso.datetime(),
  /** How many times it was asked for, this first time included. */
  asked: z.int(),
  opening: Opening,
});
export type OpenedAccount = z.infer<typeof OpenedAccount>;

const State = z.object({ accounts: z.array(OpenedAccount) });

/** Letters alone, without accents: `Salma Él Alaoui` gives `s.elalaoui`. */
const loginOf = ({ firstName, lastName }: Opening['user']): string => {
  const plain = (name: string) =>
    name
      .normalize('NFD')
      .toLowerCase()
      .replaceAll(/[^a-z]/g, '');
  return `${plain(firstName).slice(0, 1) || 'u'}.${plain(lastName) || 'utilisateur'}`;
};

/** The accounts of the sandbox's single window. Changes are on disk when they resolve. */
export class SingleWindowStore {
  readonly #file: JsonFile;
  readonly #now: () => Date;
  #accounts = new Map<string, OpenedAccount>();

  private constructor(file: JsonFile, now: () => Date) {
    this.#file = file;
    this.#now = now;
  }

  /** Reads what was stored. Throws when the file holds something else. */
  static async open(options: { file: JsonFile; now: () => Date }): Promise<SingleWindowStore> {
    const store = new SingleWindowStore(options.file, options.now);
    const { accounts } = State.parse((await options.file.read()) ?? { accounts: [] });
    store.#accounts = new Map(accounts.map((account) => [account.reference, account]));
    return store;
  }

  /** In the order of their opening. */
  accounts(): OpenedAccount[] {
    return [...this.#accounts.values()];
  }

  find(reference: string): OpenedAccount | undefined {
    return this.#accounts.get(reference);
  }

  /** Opens an account once per reference: the same one again gives the same account, another one nothing. */
  async openAccount(
    reference: string,
    opening: Opening,
  ): Promise<{ account: OpenedAccount; isNew: boolean } | undefined> {
    const earlier = this.#accounts.get(reference);
    if (earlier && !isDeepStrictEqual(earlier.opening, opening)) return undefined;
    const account = earlier
      ? { ...earlier, asked: earlier.asked + 1 }
      : {
          reference,
          login: this.#freeLogin(loginOf(opening.user)),
          openedAt: this.#now().toISOString(),
          asked: 1,
          opening,
        };
    this.#accounts.set(reference, account);
    await this.#save();
    return { account, isNew: earlier === undefined };
  }

  async reset(): Promise<void> {
    this.#accounts.clear();
    await this.#save();
  }

  #freeLogin(wished: string): string {
    const taken = new Set(this.accounts().map(({ login }) => login));
    let login = wished;
    for (let number = 2; taken.has(login); number += 1) login = `${wished}${String(number)}`;
    return login;
  }

  #save(): Promise<void> {
    return this.#file.write(() => ({ accounts: this.accounts() }));
  }
}
