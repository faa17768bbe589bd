import { getCaptcha, getConfiguration, getServiceStatus } from '@rnoce/schemas';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testAccess } from '../../testing/access.ts';
import { type TestApp, testApp } from '../../testing/app.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp({ environment: { CAPTCHA: 'altcha' } });
});
afterEach(() => test.setNow(undefined));

describe('access', () => {
  testAccess(
    () => test,
    [
      { route: getConfiguration, anonymous: 200, operator: 200, agent: 200 },
      { route: getCaptcha, anonymous: 200, operator: 200, agent: 200 },
      { route: getServiceStatus, anonymous: 200, operator: 200, agent: 200 },
    ],
  );
});

it('tells the SPAs what they need', async () => {
  const answer = await test.app.inject({ url: '/api/v1/config' });
  expect(answer.json()).toEqual({
    locales: ['fr', 'ar', 'en'],
    password: { minLength: 4 },
    captcha: 'altcha',
    openAuthorities: ['customs', 'portnet'],
    assistance: { phone: '05 20 47 31 00', url: 'http://reclamation.portnet.ma/' },
    cndpAuthorisation: 'A-GC-318/2016',
    antivirus: false,
    payment: {
      methods: [
        { method: 'cmi', channels: ['card', 'fatourati'] },
        { method: 'amanpay', channels: ['card', 'tashilat', 'direct_debit'] },
      ],
    },
  });
});

describe('the captcha', () => {
  const getChallenge = async () => (await test.app.inject({ url: '/api/v1/captcha' })).json<Challenge>();
  const encode = (payload: unknown) => Buffer.from(JSON.stringify(payload)).toString('base64');
  const solve = async (challenge: Challenge) => ({
    challenge,
    solution: await solveChallenge({ challenge, deriveKey }),
  });
  let serial = 0;
  const signUp = (captcha: string) =>
    test.app.inject({
      method: 'POST',
      url: '/api/v1/accounts',
      payload: {
        legalName: 'Robot ou pas SARL',
        address: '1, rue du Test, Rabat',
        email: `humain-${String((serial += 1))}@societe.example`,
        phone: '0537000000',
        captcha,
      },
    });

  it('opens the sign-up once', async () => {
    const solved = encode(await solve(await getChallenge()));
    const [first, second] = await Promise.all([signUp(solved), signUp(solved)]);
    expect([first.statusCode, second.statusCode].toSorted((a, b) => a - b)).toEqual([202, 422]);
    const refused = first.statusCode === 422 ? first : second;
    expect(refused.json()).toMatchObject({
      code: 'captcha_failed',
      errors: [{ pointer: '/captcha', code: 'captcha_failed' }],
    });
  });

  it('is used up by a sign-up that is refused, so that it can’t test a list of e-mails', async () => {
    const solved = encode(await solve(await getChallenge()));
    expect((await signUp(solved)).statusCode).toBe(202);
    serial -= 1;
    const next = encode(await solve(await getChallenge()));
    expect((await signUp(next)).json()).toMatchObject({ code: 'email_in_use' });
    expect((await signUp(next)).json()).toMatchObject({ code: 'captcha_failed' });
  });

  it('expires after ten minutes', async () => {
    const solved = encode(await solve(await getChallenge()));
    test.setNow(new Date(Date.now() + 601_000));
    expect((await signUp(solved)).json()).toMatchObject({ code: 'captcha_failed' });
  });

  it('takes nothing that isn’t the solution of a challenge of ours', async () => {
    const challenge = await getChallenge();
    const { solution } = await solve(challenge);
    const other = await getChallenge();
    for (const captcha of [
      'none',
      encode({}),
      encode({ challenge, solution: { counter: 1, derivedKey: '00'.repeat(32) } }),
      encode({ challenge: other, solution }),
      encode({ challenge: { ...challenge, signature: 'f'.repeat(64) }, solution }),
      encode({
        challenge: { ...challenge, parameters: { ...challenge.parameters, expiresAt: 4_000_000_000 } },
        solution,
      }),
      encode({ challenge: { ...challenge, parameters: { ...challenge.parameters, cost: 1 } }, solution }),
    ])
      expect((await signUp(captcha)).json()).toMatchObject({ code: 'captcha_failed' });
    expect((await signUp(encode({ challenge, solution }))).statusCode).toBe(202);
  });
});
