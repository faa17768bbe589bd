import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';

it('measures requests by route, for who has the token', async () => {
  const { app } = await testApp({ environment: { METRICS_TOKEN: 'un-jeton-de-mesure' } });
  await app.inject({ url: '/api/v1/reference/banks' });
  await app.inject({ url: '/espace-prive/registre/creer-mot-de-passe/secret-du-lien' });
  expect((await app.inject({ url: '/metrics' })).statusCode).toBe(401);
  const wrong = await app.inject({ url: '/metrics', headers: { authorization: 'Bearer autre' } });
  expect(wrong.statusCode).toBe(401);
  const answer = await app.inject({
    url: '/metrics',
    headers: { authorization: 'Bearer un-jeton-de-mesure' },
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain(
    'http_request_duration_seconds_count{method="GET",route="/api/v1/reference/:list",status="200"} 1',
  );
  expect(answer.body).toContain('# TYPE jobs_waiting gauge');
  expect(answer.body).not.toContain('secret-du-lien');
});

it('is closed without a token', async () => {
  const { app } = await testApp();
  const answer = await app.inject({ url: '/metrics', headers: { authorization: 'Bearer ' } });
  expect(answer.statusCode).toBe(404);
});
