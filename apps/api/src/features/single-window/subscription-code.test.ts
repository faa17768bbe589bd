import type { AccountId } from '@rnoce/schemas';
import { subscriptionCodePattern } from '@rnoce/schemas';
import { eq, inArray } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { filings } from '../../db/schema/filings.ts';
import { subscriptionCodes } from '../../db/schema/invoices.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeAccount } from '../../testing/factories.ts';
import { sentFiling } from '../../testing/filings.ts';
import { drawCode, grantSubscriptionCode } from './subscription-code.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

let companies = 0;
const newIce = () => {
  companies += 1;
  return `0097${String(companies).padStart(11, '0')}`;
};
const grant = (ice: string, accountId: AccountId, draw?: () => string) =>
  test.deps.database.transaction((tx) =>
    grantSubscriptionCode(tx, { ice, legalName: 'Atlas SARL', accountId }, draw),
  );
/** Draws these codes, one after the other. */
const drawing = (...codes: string[]) => {
  const left = codes.values();
  return () => left.next().value ?? drawCode();
};
const rowOf = async (code: string) =>
  (await test.deps.database.select().from(subscriptionCodes).where(eq(subscriptionCodes.code, code)))[0];

it('is drawn among all the letters and digits', () => {
  fc.assert(
    fc.property(
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      (chance) => {
        const code = drawCode((limit) => Math.floor((chance.next().value ?? 0) * limit));
        expect(code).toMatch(subscriptionCodePattern);
      },
    ),
  );
  const drawn = Array.from({ length: 36 }, (_, index) => drawCode(() => index).charAt(0));
  expect(new Set(drawn).size).toBe(36);
});

describe('the subscription code', () => {
  it('is written with its operator, and is theirs', async () => {
    const { id } = await makeAccount(test);
    const ice = newIce();
    const code = await grant(ice, id);
    expect(await rowOf(code)).toMatchObject({ ice, legalName: 'Atlas SARL', accountId: id });
  });

  it('is drawn again while somebody has it, also somebody who is being given it at this moment', async () => {
    const accounts = await Promise.all(Array.from({ length: 8 }, () => makeAccount(test)));
    const codes = await Promise.all(
      accounts.map(({ id }, index) =>
        grant(newIce(), id, drawing('Z2Z2', 'Z2Z3', 'Z2Z4', 'Z2Z5', `Y${String(index + 2)}Y2`)),
      ),
    );
    expect(new Set(codes).size).toBe(8);
    expect(codes.toSorted().slice(-4)).toEqual(['Z2Z2', 'Z2Z3', 'Z2Z4', 'Z2Z5']);
    const stored = await test.deps.database
      .select()
      .from(subscriptionCodes)
      .where(inArray(subscriptionCodes.code, codes));
    expect(new Set(stored.map(({ accountId }) => accountId)).size).toBe(8);
  });

  it('gives up rather than draw for ever', async () => {
    const { id } = await makeAccount(test);
    const taken = await grant(newIce(), id);
    await expect(grant(newIce(), id, () => taken)).rejects.toThrow('no free subscription code');
  });

  it('that PortNet had given before is taken over, the oldest first, and no second one is made', async () => {
    const { id } = await makeAccount(test);
    const ice = newIce();
    const { database } = test.deps;
    await database.insert(subscriptionCodes).values([
      { code: 'W3W4', ice, legalName: 'Plus récent', createdAt: new Date('2025-02-01') },
      { code: 'W3W3', ice, legalName: 'Ancien', createdAt: new Date('2024-02-01') },
    ]);
    expect(await grant(ice, id)).toBe('W3W3');
    expect(await rowOf('W3W3')).toMatchObject({ accountId: id, legalName: 'Ancien' });
    expect(await rowOf('W3W4')).toMatchObject({ accountId: null });
  });

  it('of another account of the same ICE stays theirs, also when both are granted at once', async () => {
    const ice = newIce();
    const { database } = test.deps;
    await database.insert(subscriptionCodes).values({ code: 'V5V5', ice, legalName: 'Une seule' });
    const [one, two] = await Promise.all([makeAccount(test), makeAccount(test)]);
    const codes = await Promise.all([grant(ice, one.id), grant(ice, two.id)]);
    expect(codes).toContain('V5V5');
    expect(new Set(codes).size).toBe(2);
    expect(new Set((await Promise.all(codes.map(rowOf))).map((row) => row?.accountId)).size).toBe(2);
  });

  it('that a filing has already is not given again', async () => {
    const { id, accountId } = await sentFiling(test, { authority: 'portnet' });
    const ice = newIce();
    const { database } = test.deps;
    await database.insert(subscriptionCodes).values({ code: 'U6U6', ice, legalName: 'Prise', accountId });
    await database.update(filings).set({ subscriptionCode: 'U6U6' }).where(eq(filings.id, id));
    expect(await grant(ice, accountId)).not.toBe('U6U6');
  });
});
