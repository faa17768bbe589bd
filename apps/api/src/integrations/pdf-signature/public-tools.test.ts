import { afterAll, describe, expect, test } from 'vitest';
import { createSignatureChecker } from './signature-checker.ts';
import {
  contract,
  judge,
  NOW,
  sign,
  signBySignpdf,
  signedByOpenssl,
  signedByPoppler,
  summary,
} from './testing/corpus.ts';
import { addField } from './testing/test-update.ts';

const SAMIRA = {
  commonName: 'Samira El Idrissi',
  organisation: 'Atlas Negoce SARL',
  country: 'MA',
  issuer: { commonName: "Intermediaire d'essai", organisation: "Autorite d'essai", country: 'MA' },
};

describe('files signed by public tools are valid', () => {
  test('@signpdf with node-forge', async () => {
    const verdict = judge(await signBySignpdf(contract));
    expect(summary(verdict)).toBe('valid');
    expect(verdict.signer).toMatchObject(SAMIRA);
    expect(verdict.signingTime).toEqual(new Date('2026-11-25T10:00:00Z'));
    expect(verdict.coverage).toMatchObject({ wholeFile: true, addedRevisions: 1, visible: false });
  });

  test('@signpdf, shown in an empty place of the page', async () => {
    const verdict = judge(await signBySignpdf(contract, [300, 60, 500, 140]));
    expect(summary(verdict)).toBe('valid');
    expect(verdict.coverage?.visible).toBe(true);
  });

  test('Poppler', () => {
    const verdict = judge(signedByPoppler);
    expect(summary(verdict)).toBe('valid');
    expect(verdict.signer).toMatchObject(SAMIRA);
  });

  test('OpenSSL (CAdES)', () => {
    const verdict = judge(signedByOpenssl);
    expect(summary(verdict)).toBe('valid');
    expect(verdict.signer).toMatchObject(SAMIRA);
  });
});

describe('what is not signed', () => {
  test('the contract as issued', () => {
    expect(summary(judge(contract))).toBe('not_signed no_signature');
  });

  test('a scan', () => {
    expect(summary(judge(Buffer.from('%PDF-1.4\n1 0 obj\n<< >>\nendobj\n')))).toBe('not_signed no_signature');
  });

  test('an empty file', () => {
    expect(summary(judge(Buffer.alloc(0)))).toBe('not_signed no_signature');
  });

  test('a field that waits for its signature', () => {
    const verdict = judge(addField(contract));
    expect(verdict.outcome).toBe('altered');
    expect(verdict.signer).toBeUndefined();
  });
});

describe('in a thread', () => {
  const checker = createSignatureChecker();
  afterAll(() => checker.close());

  test('the verdict is the same, dates included', async () => {
    const uploaded = await sign(contract);
    const order = { issued: contract, uploaded, trustedRoots: [], now: NOW };
    const verdict = await checker.checkSignedContract(order);
    expect(summary(verdict)).toBe('valid_untrusted chain_unknown');
    expect(verdict.signer?.validTo).toEqual(new Date('2029-01-01T00:00:00Z'));
    expect(uploaded.length).toBeGreaterThan(0);
  });

  test('an issued contract that cannot be read is our fault, not the signer’s', async () => {
    const issued = Buffer.from('%PDF-1.7\n');
    const order = { issued, uploaded: Buffer.concat([issued, Buffer.from('x')]), trustedRoots: [], now: NOW };
    await expect(checker.checkSignedContract(order)).rejects.toThrow('malformed');
  });

  test('a file which takes too long is too complex', async () => {
    const hurried = createSignatureChecker({ timeoutMs: 1 });
    const uploaded = Buffer.concat([
      contract,
      Buffer.from('1 0 obj\n[', 'latin1'),
      Buffer.from('[] '.repeat(900_000)),
    ]);
    const verdict = await hurried.checkSignedContract({
      issued: contract,
      uploaded,
      trustedRoots: [],
      now: NOW,
    });
    await hurried.close();
    expect(summary(verdict)).toBe('altered too_complex');
  });
});
