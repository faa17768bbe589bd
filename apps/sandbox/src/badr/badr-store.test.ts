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
