import { toString as drawQrCode } from 'qrcode';
import { beforeAll, expect, it } from 'vitest';
import type { TemplateData } from '../../integrations/typesetting/typesetter.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeOrder } from '../../testing/orders.ts';
import { makeReceipt } from './receipt-document.ts';
import { completePaidOrder, findOrderById } from './receipts.repository.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

it('draws the code of the public check, and gives the template every word and value as data', async () => {
  const { order } = await makeOrder(test, { status: 'paid', lines: [{ clientName: '#let x = 1' }] });
  const { database } = test.deps;
  const found = await findOrderById(database, order.id);
  const paid = found && (await completePaidOrder(database, found));
  if (!paid) throw new Error('the order is not paid');
  let given: TemplateData = {};
  let dated = new Date(0);
  const typesetter = {
    typeset: (_template: URL, data: TemplateData, madeAt: Date) => {
      given = data;
      dated = madeAt;
      return Promise.resolve(new Uint8Array());
    },
    close: () => Promise.resolve(),
  };
  const environment = { PUBLIC_URL: 'https://rnoce.example', ASSISTANCE_PHONE: '05 20 47 31 00' };
  await makeReceipt({ typesetter, environment }, paid, 'fr');
  const url = `https://rnoce.example/paiement/recus/${paid.receiptCode}`;
  expect(given.url).toBe(url);
  expect(given.qr).toBe(await drawQrCode(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 }));
  expect(JSON.stringify(given)).toContain('#let x = 1');
  expect(dated).toEqual(paid.paidAt);
});
