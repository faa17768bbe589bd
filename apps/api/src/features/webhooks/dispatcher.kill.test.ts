/** The worker killed as by a power cut in the middle of its deliveries. */
import { beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../testing/app.ts';
import { integratorOf } from '../../testing/integrators.ts';
import { processSettings, startWorkerProcess } from '../../testing/process.ts';
import {
  dispatcherOf,
  makeEndpoint,
  standingOf,
  startReceiver,
  tellInvoices,
} from '../../testing/webhooks.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

it('loses nothing, and brings again only what was on its way, under the same id', {
  timeout: 120_000,
}, async () => {
  const receiver = await startReceiver();
  const { integratorId, issuerId } = await integratorOf(test, { kind: 'issuer' });
  const { id } = await makeEndpoint(test, integratorId, { url: receiver.url });
  const numbers = Array.from({ length: 40 }, (_, index) => `F${String(index)}`);
  const held = Promise.withResolvers<void>();
  // Takes the first ones; of the next it says nothing, though it read them.
  receiver.answer(() => {
    if (receiver.received.length <= 15) return {};
    held.resolve();
    return undefined;
  });
  const worker = await startWorkerProcess(processSettings(test.deps.environment));
  await tellInvoices(test, issuerId ?? '', numbers);
  await held.promise;
  await worker.kill();

  const before = await standingOf(test, id);
  const unheard = new Set(
    before.deliveries.filter(({ status }) => status === 'pending').map(({ eventId }) => eventId),
  );
  expect(unheard.size).toBeGreaterThanOrEqual(numbers.length - 15);
  const cameBefore = receiver.ids();
  receiver.answer(() => ({}));
  // Past the lease of what the dead process had claimed.
  test.setNow(new Date(Date.now() + 61_000));
  const dispatcher = dispatcherOf(test);
  await dispatcher.drain();
  await dispatcher.stop();

  const { deliveries } = await standingOf(test, id);
  expect(deliveries.filter(({ status }) => status !== 'delivered')).toEqual([]);
  const came = new Map(
    receiver.received.map(({ headers, body }) => [
      String(headers['webhook-id']),
      JSON.parse(body).data.number,
    ]),
  );
  expect(new Set(came.values())).toEqual(new Set(numbers));
  // What came twice is what came before the end and nobody heard the answer of.
  const twice = receiver.ids().filter((one, index, all) => all.indexOf(one) !== index);
  expect(twice.filter((one) => !cameBefore.includes(one) || !unheard.has(one))).toEqual([]);
  expect(twice.length).toBeGreaterThan(0);
});
