import { nonsenseVariants } from '@rnoce/sandbox/badr/badr-faults';
import type { Subscription } from '@rnoce/schemas';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type App, buildApp } from '../../app.ts';
import { createBadrGateway } from '../../integrations/badr/http-badr-gateway.ts';
import { askRegistry } from '../../jobs/ask-registry.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { badrMode, knownIdentifiers, operatorBrowser, queuedJobs } from '../../testing/subscriptions.ts';

let test: TestApp;
const apps: App[] = [];
beforeAll(async () => {
  test = await testApp();
});
afterEach(async () => {
  await badrMode(test, { mode: 'normal' });
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

/** A process of its own, because a gateway that met failures remembers them. */
async function freshProcess() {
  const { BADR_URL: url, BADR_KEY: key, BADR_TIMEOUT_MS: timeoutMs } = test.deps.environment;
  const deps = { ...test.deps, badr: createBadrGateway({ url, key, timeoutMs }) };
  const app = await buildApp(deps);
  apps.push(app);
  return { app, deps };
}

const faults = [
  { mode: 'down' },
  { mode: 'error' },
  { mode: 'slow', delayMs: 60_000 },
  ...Object.keys(nonsenseVariants).map((variant) => ({ mode: 'nonsense', variant })),
];

describe('BADR ill', () => {
  it.each(faults)('%o is « unavailable », never « not registered », and asked again later', async (fault) => {
    await badrMode(test, fault);
    const browser = await operatorBrowser(test);
    const { app, deps } = await freshProcess();
    const startedAt = performance.now();
    const answer = await browser.callOn(app, 'POST', '/subscriptions', {
      body: { authorities: ['customs'], identifiers: knownIdentifiers('atlasNegoce') },
    });
    // The limit that people were promised (spec/registration.md, New subscription 2), not a measure of speed.
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(answer.statusCode).toBe(201);
    const draft = answer.json<Subscription>();
    expect(draft.registry).toMatchObject({ status: 'unavailable', checkedAt: null, record: null });
    expect(draft.sections.company).not.toHaveProperty('legalName');
    expect(await queuedJobs(test, 'ask-registry', { subscriptionId: draft.id })).toBe(1);
    await expect(askRegistry(deps, { subscriptionId: draft.id })).rejects.toThrow('BADR is unavailable');

    await badrMode(test, { mode: 'normal' });
    await askRegistry((await freshProcess()).deps, { subscriptionId: draft.id });
    const answered = (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>();
    expect(answered).toMatchObject({
      version: 2,
      registry: { status: 'registered' },
      sections: { company: { legalName: 'Atlas Négoce SARL' } },
    });
  });

  it("tells update_only that it can't go on now, and opens nothing", async () => {
    await badrMode(test, { mode: 'down' });
    const browser = await operatorBrowser(test);
    const { app } = await freshProcess();
    const answer = await browser.callOn(app, 'POST', '/subscriptions', {
      body: {
        authorities: ['customs'],
        purpose: 'update_only',
        identifiers: knownIdentifiers('atlasNegoce'),
      },
    });
    expect(answer.json()).toMatchObject({ status: 503, code: 'registry_unavailable' });
    expect(answer.headers['retry-after']).toBe('30');
    expect((await browser.call('GET', '/subscriptions')).json()).toEqual({ items: [] });
  });

  it('prefills people in the background for who owns the e-mail', async () => {
    await badrMode(test, { mode: 'down' });
    const identifiers = knownIdentifiers('transitBouregreg');
    const browser = await operatorBrowser(test, { email: identifiers.email });
    const { app } = await freshProcess();
    const draft = (
      await browser.callOn(app, 'POST', '/subscriptions', { body: { authorities: ['customs'], identifiers } })
    ).json<Subscription>();
    await badrMode(test, { mode: 'normal' });
    await askRegistry((await freshProcess()).deps, { subscriptionId: draft.id });
    const answered = (await browser.call('GET', `/subscriptions/${draft.id}`)).json<Subscription>();
    expect(answered.registry.people).toBe('confirmed');
    expect(answered.sections.managers).toHaveLength(2);
  });
});
