import { describe, expect, test } from 'vitest';
import { contract, intermediate, judge, root, samira, sign, summary } from './testing/corpus.ts';
import {
  type IdentityOptions,
  invent,
  ocspAnswer,
  PURPOSE,
  revocationList,
  USAGE,
} from './testing/test-authority.ts';
import { type MessageOptions, timestamper } from './testing/test-cms.ts';

const person = async (options: Partial<IdentityOptions> = {}) =>
  await invent({ name: 'Samira El Idrissi', issuer: intermediate, ...options });
const judged = async (message: Partial<MessageOptions>, now?: string) =>
  judge(await sign(contract, {}, message), now === undefined ? {} : { now: new Date(now) });

describe('keys and digests', () => {
  test.each(['rsa-2048', 'rsa-pss', 'p-256', 'p-384'] as const)('%s is good', async (key) => {
    expect(summary(await judged({ signer: await person({ key }) }))).toBe('valid');
  });

  test.each(['SHA-256', 'SHA-384', 'SHA-512'] as const)('%s is good', async (hash) => {
    expect(summary(await judged({ hash }))).toBe('valid');
  });

  test('SHA-1 is weak', async () => {
    expect(summary(await judged({ hash: 'SHA-1' }))).toBe('valid_untrusted weak_algorithm');
  });

  test('RSA of 1024 bits is weak', async () => {
    expect(summary(await judged({ signer: await person({ key: 'rsa-1024' }) }))).toBe(
      'valid_untrusted weak_algorithm',
    );
  });

  test('a certificate signed by SHA-1 is weak', async () => {
    expect(summary(await judged({ signer: await person({ hash: 'SHA-1' }) }))).toBe(
      'valid_untrusted weak_algorithm',
    );
  });

  test('an authority of 1024 bits is weak', async () => {
    const issuer = await invent({ name: 'Faible', authority: true, issuer: root, key: 'rsa-1024' });
    const verdict = await judged({ signer: await person({ issuer }), chain: [issuer] });
    expect(summary(verdict)).toBe('valid_untrusted weak_algorithm');
  });
});

describe('the chain', () => {
  test('a self-signed certificate', async () => {
    const alone = await invent({ name: 'Samira El Idrissi' });
    expect(summary(await judged({ signer: alone, chain: [] }))).toBe('valid_untrusted chain_unknown');
  });

  test('an unknown root, in the file', async () => {
    const unknown = await invent({ name: 'Racine', authority: true });
    const signer = await person({ issuer: unknown });
    expect(summary(await judged({ signer, chain: [unknown] }))).toBe('valid_untrusted chain_unknown');
  });

  test('without the intermediate', async () => {
    expect(summary(await judged({ chain: [] }))).toBe('valid_untrusted chain_unknown');
  });

  test('a person who certifies another', async () => {
    const signer = await person({ issuer: samira });
    expect(summary(await judged({ signer, chain: [samira, intermediate] }))).toBe(
      'valid_untrusted chain_unknown',
    );
  });

  test('a name usurped, under another key', async () => {
    const usurper = await invent({ name: 'Intermédiaire', authority: true });
    const signer = await person({ issuer: usurper });
    expect(summary(await judged({ signer, chain: [intermediate, usurper] }))).toBe(
      'valid_untrusted chain_unknown',
    );
  });

  test('an expired intermediate', async () => {
    const old = await invent({ name: 'Ancien', authority: true, issuer: root, to: '2026-11-01T00:00:00Z' });
    const signer = await person({ issuer: old });
    expect(summary(await judged({ signer, chain: [old] }))).toBe('valid_untrusted expired_certificate');
  });
});

describe('what the certificate is for', () => {
  test.each([
    ['to encipher', { usage: USAGE.encipherment }],
    ['to be a server', { purposes: [PURPOSE.server] }],
    ['to stamp time', { purposes: [PURPOSE.timeStamping] }],
    ['to be an authority', { authority: true }],
  ])('%s', async (_, options) => {
    expect(summary(await judged({ signer: await person(options) }))).toBe('valid_untrusted wrong_key_usage');
  });

  test('to sign documents', async () => {
    expect(summary(await judged({ signer: await person({ purposes: ['1.3.6.1.5.5.7.3.36'] }) }))).toBe(
      'valid',
    );
  });
});

describe('the time', () => {
  test('an expired certificate', async () => {
    const signer = await person({ to: '2026-11-24T00:00:00Z' });
    expect(summary(await judged({ signer }))).toBe('valid_untrusted expired_certificate');
  });

  test('a certificate not yet in force', async () => {
    const signer = await person({ from: '2026-12-01T00:00:00Z' });
    expect(summary(await judged({ signer }))).toBe('valid_untrusted certificate_not_yet_valid');
  });

  test('a clock put back does not bring a certificate back', async () => {
    const signer = await person({ to: '2026-11-24T00:00:00Z' });
    const verdict = await judged({ signer, signingTime: '2026-11-20T10:00:00Z' });
    expect(summary(verdict)).toBe('valid_untrusted expired_certificate');
  });

  test('a clock ahead of ours', async () => {
    const verdict = await judged({ signingTime: '2026-12-25T10:00:00Z' });
    expect(summary(verdict)).toBe('valid_untrusted signing_time_in_future');
  });
});

describe('time stamps (PAdES B-T)', async () => {
  const stamping = { purposes: [PURPOSE.timeStamping], key: 'rsa-2048' } as const;
  const service = await invent({ name: 'Horodatage', issuer: root, ...stamping });
  const expired = await person({ to: '2026-11-24T00:00:00Z' });

  test('prove that an expired certificate was in force', async () => {
    const timestamp = timestamper(service, '2026-11-23T10:00:00Z');
    const verdict = await judged({ signer: expired, timestamp });
    expect(summary(verdict)).toBe('valid');
    expect(verdict.timestamp).toMatchObject({
      time: new Date('2026-11-23T10:00:00Z'),
      authority: { commonName: 'Horodatage' },
      trusted: true,
    });
  });

  test('of an unknown service prove nothing', async () => {
    const unknown = await invent({ name: 'Inconnu', ...stamping });
    const timestamp = timestamper(unknown, '2026-11-23T10:00:00Z');
    const verdict = await judged({ signer: expired, timestamp });
    expect(summary(verdict)).toBe('valid_untrusted expired_certificate');
    expect(verdict.timestamp?.trusted).toBe(false);
    expect(summary(await judged({ timestamp }))).toBe('valid');
  });

  test('of one who may not stamp prove nothing', async () => {
    const verdict = await judged({ timestamp: timestamper(samira, '2026-11-23T10:00:00Z', [intermediate]) });
    expect(summary(verdict)).toBe('valid');
    expect(verdict.timestamp?.trusted).toBe(false);
  });

  test('after the certificate’s end do not help', async () => {
    const timestamp = timestamper(service, '2026-11-24T10:00:00Z');
    expect(summary(await judged({ signer: expired, timestamp }))).toBe('valid_untrusted expired_certificate');
  });

  test('of another signature are refused', async () => {
    const stamp = timestamper(service, '2026-11-23T10:00:00Z');
    const timestamp = async () => await stamp(Buffer.from('autre'));
    expect(summary(await judged({ timestamp }))).toBe('altered timestamp_invalid');
  });

  test('that cannot be read are refused', async () => {
    const timestamp = async () => Buffer.from([0x30, 0x00]);
    expect(summary(await judged({ timestamp }))).toBe('altered timestamp_invalid');
  });
});

describe('revocation, by what the file holds', async () => {
  const since = '2026-11-23T00:00:00Z';
  const responder = await invent({ name: 'OCSP', issuer: intermediate, purposes: [PURPOSE.ocsp] });
  const impostor = await invent({ name: 'OCSP', purposes: [PURPOSE.ocsp] });
  const service = await invent({ name: 'Horodatage', issuer: root, purposes: [PURPOSE.timeStamping] });

  test('nothing', async () => {
    expect((await judged({})).revocation).toBe('unknown');
  });

  test('a list without the certificate', async () => {
    const verdict = await judged({
      lists: [await revocationList(intermediate, [{ identity: root, since }])],
    });
    expect(summary(verdict)).toBe('valid');
    expect(verdict.revocation).toBe('good');
  });

  test('a list with the certificate', async () => {
    const verdict = await judged({
      lists: [await revocationList(intermediate, [{ identity: samira, since }])],
    });
    expect(summary(verdict)).toBe('valid_untrusted revoked');
    expect(verdict.revocation).toBe('revoked');
  });

  test('a list of the root with the intermediate', async () => {
    const verdict = await judged({
      lists: [await revocationList(root, [{ identity: intermediate, since }])],
    });
    expect(summary(verdict)).toBe('valid_untrusted revoked');
  });

  test('a list that its issuer did not sign', async () => {
    const list = await revocationList(intermediate, [{ identity: samira, since }], impostor);
    expect((await judged({ lists: [list] })).revocation).toBe('unknown');
  });

  test('a revocation after the time stamp', async () => {
    const lists = [await revocationList(intermediate, [{ identity: samira, since }])];
    const verdict = await judged({ lists, timestamp: timestamper(service, '2026-11-22T10:00:00Z') });
    expect(summary(verdict)).toBe('valid');
  });

  test('answers of the issuer and of its service', async () => {
    for (const by of [intermediate, responder]) {
      const good = await judged({ answers: [await ocspAnswer(intermediate, samira, undefined, by)] });
      expect(good.revocation).toBe('good');
      const bad = await judged({ answers: [await ocspAnswer(intermediate, samira, since, by)] });
      expect(summary(bad)).toBe('valid_untrusted revoked');
    }
  });

  test('an answer of someone else', async () => {
    const answers = [await ocspAnswer(intermediate, samira, since, impostor)];
    expect((await judged({ answers })).revocation).toBe('unknown');
  });

  test('an answer about someone else', async () => {
    const answers = [await ocspAnswer(intermediate, responder, since)];
    expect((await judged({ answers })).revocation).toBe('unknown');
  });
});
