import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJsonFile } from '../storage/json-file.ts';
import { BadrStore } from './badr-store.ts';
import { Registration } from './company.ts';
import { fixtures, unknownCompany } from './fixtures.ts';
import { seededRandom } from './generator.ts';

let folder: string;
const path = () => join(folder, 'deep', 'badr.json');
const open = () =>
  BadrStore.open({
    file: createJsonFile(path()),
    random: seededRandom(1),
    now: () => new Date('2026-11-21T10:00:00.000Z'),
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'badr-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

const record = Registration.parse({ ...fixtures.atlasNegoce, ...unknownCompany });

describe('BADR store', () => {
  it('finds again after a restart what was added, changed, removed and registered', async () => {
    const store = await open();
    const added = await store.add({ operatorType: 'exporter', legalName: 'Conserves du Test SARL' });
    await store.change(fixtures.atlasNegoce.ice, 'importer', { email: 'autre@atlas-negoce.example' });
    await store.remove(fixtures.importChaouia.ice);
    const outcome = await store.register('21112026I00000000001', record);
    expect(outcome).toMatchObject({ status: 'created', accountNumber: 'C30000001' });

    // What a process killed while writing leaves behind.
    await writeFile(`${path()}.new`, '{"companies":[');
    const again = await open();
    expect(again.companies()).toEqual(store.companies());
    expect(again.findByIce(added?.ice ?? '')).toEqual(added);
    expect(again.findByIce(fixtures.atlasNegoce.ice)?.email).toBe('autre@atlas-negoce.example');
    expect(again.findByIce(fixtures.importChaouia.ice)).toBeUndefined();
    expect(await again.register('21112026I00000000001', record)).toMatchObject({
      status: 'repeated',
      accountNumber: 'C30000001',
    });
    expect(
      await again.register('21112026I00000000002', { ...record, operatorType: 'exporter' }),
    ).toMatchObject({ status: 'created', accountNumber: 'C30000002' });
  });

  it('adds no company twice', async () => {
    const store = await open();
    const { ice, operatorType } = fixtures.atlasNegoce;
    expect(await store.add({ ice, operatorType })).toBeUndefined();
    expect(await store.add({ ice, operatorType: 'exporter' })).toMatchObject({ ice });
  });

  it('keeps the account number of a company that registers again, and refuses other identifiers', async () => {
    const store = await open();
    const known = Registration.parse(fixtures.atlasNegoce);
    expect(await store.register('A', known)).toMatchObject({
      accountNumber: fixtures.atlasNegoce.accountNumber,
    });
    expect(await store.register('B', { ...known, rcNumber: '1' })).toMatchObject({ status: 'refused' });
    expect(await store.register('A', { ...known, acronym: 'X' })).toEqual({
      status: 'reference_already_used',
    });
  });

  it('goes back to the start when reset', async () => {
    const store = await open();
    const start = store.companies();
    await store.register('A', record);
    await store.reset();
    expect(store.companies()).toEqual(start);
    expect(store.registrations()).toEqual([]);
  });
});

describe('an operation on an account', () => {
  const { accountNumber, ice, operatorType, legalName, managers } = fixtures.atlasNegoce;
  const rename = (from: string, to: string) => ({
    type: 'update' as const,
    accountNumber,
    changes: [{ field: 'legalName' as const, from, to }],
    managers: [],
  });

  it('is carried out once per reference, also after a restart', async () => {
    const store = await open();
    const done = await store.operate('A-1', rename(legalName, 'Atlas Nouveau SA'));
    expect(done).toMatchObject({ status: 'created' });
    await store.change(ice, operatorType, { legalName: 'Changé depuis SA' });
    const again = await open();
    expect(await again.operate('A-1', rename(legalName, 'Atlas Nouveau SA'))).toMatchObject({
      status: 'repeated',
    });
    expect(again.findByIce(ice)?.legalName).toBe('Changé depuis SA');
    expect(again.operations()).toMatchObject([{ reference: 'A-1', asked: 2, ice }]);
    expect(await again.operate('A-1', rename(legalName, 'Autre SA'))).toEqual({
      status: 'reference_already_used',
    });
  });

  it('writes nothing over what it was not decided over', async () => {
    const store = await open();
    const before = store.findByIce(ice);
    const update = {
      ...rename('Ce que personne n’a vu', 'Atlas Nouveau SA'),
      changes: [
        { field: 'legalName' as const, from: 'Ce que personne n’a vu', to: 'Atlas Nouveau SA' },
        { field: 'fax' as const, from: before?.fax ?? null, to: '+212522999999' },
      ],
    };
    expect(await store.operate('A-1', update)).toEqual({ status: 'record_changed', fields: ['legalName'] });
    expect(store.findByIce(ice)).toEqual(before);
    await store.change(ice, operatorType, { legalName: 'Atlas Nouveau SA' });
    expect(await store.operate('A-1', update)).toMatchObject({ status: 'created' });
    expect(store.findByIce(ice)?.fax).toBe('+212522999999');
  });

  it('changes, adds and takes out managers', async () => {
    const store = await open();
    const [first] = managers;
    if (!first) throw new Error('the fixture has no manager');
    const moved = { ...first, address: '1, rue Neuve, Rabat' };
    const added = { ...first, idNumber: 'ZZ99999', lastName: 'NOUVEAU' };
    const about = ({ idType, idNumber }: typeof first) => ({ idType, idNumber });
    const update = (changes: Parameters<typeof store.operate>[1] & { type: 'update' }) => changes;
    const base = { type: 'update' as const, accountNumber, changes: [] };
    const rest = managers.slice(1);
    expect(
      await store.operate(
        'A-1',
        update({
          ...base,
          managers: [
            { ...about(first), from: first, to: moved },
            { ...about(added), from: null, to: added },
          ],
        }),
      ),
    ).toMatchObject({ status: 'created' });
    expect(store.findByIce(ice)?.managers).toEqual([moved, ...rest, added]);
    expect(
      await store.operate('A-2', update({ ...base, managers: [{ ...about(first), from: first, to: null }] })),
    ).toEqual({ status: 'record_changed', fields: [`managers.${first.idType}.${first.idNumber}`] });
    expect(
      await store.operate('A-3', update({ ...base, managers: [{ ...about(first), from: moved, to: null }] })),
    ).toMatchObject({ status: 'created' });
    expect(store.findByIce(ice)?.managers).toEqual([...rest, added]);
  });

  it('closes an account and opens it again, and says when it is so already', async () => {
    const store = await open();
    expect(await store.operate('A-1', { type: 'restoration', accountNumber })).toEqual({
      status: 'account_status',
      accountStatus: 'active',
    });
    await store.operate('A-1', { type: 'cancellation', accountNumber });
    expect(store.findByIce(ice)?.accountStatus).toBe('cancelled');
    expect(await store.operate('A-2', rename(legalName, 'Atlas Nouveau SA'))).toEqual({
      status: 'account_status',
      accountStatus: 'cancelled',
    });
    await store.operate('A-3', { type: 'restoration', accountNumber });
    expect(store.findByIce(ice)?.accountStatus).toBe('active');
  });

  it('follows an ICE that changes, unless it is another account’s', async () => {
    const store = await open();
    const moveTo = (to: string) => ({
      ...rename(legalName, legalName),
      changes: [{ field: 'ice' as const, from: ice, to }],
    });
    const other = await store.add({ operatorType });
    expect(await store.operate('A-1', moveTo(other?.ice ?? ''))).toMatchObject({ status: 'refused' });
    expect(await store.operate('A-1', moveTo('009999999000099'))).toMatchObject({ status: 'created' });
    expect(store.findByIce(ice)).toBeUndefined();
    expect(store.findByIce('009999999000099')?.accountNumber).toBe(accountNumber);
  });
});

describe('JSON file', () => {
  it('ends with the last state when written many times at once', async () => {
    const file = createJsonFile(path());
    let value = 0;
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        value = index;
        return file.write(() => value);
      }),
    );
    expect(await file.read()).toBe(19);
  });

  it('writes again after a write that failed', async () => {
    const file = createJsonFile(path());
    await expect(
      file.write(() => {
        throw new Error('no snapshot');
      }),
    ).rejects.toThrow('no snapshot');
    await file.write(() => 'well');
    expect(await file.read()).toBe('well');
  });
});
