import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { amanPayPayerPages } from '../amanpay/amanpay.pages.ts';
import { amanPayWire } from '../amanpay/amanpay.wire.ts';
import { AmanPayDesk } from '../amanpay/amanpay-desk.ts';
import { sandboxAmanPayMerchant } from '../amanpay/amanpay-merchant.ts';
import { AmanPayOrder } from '../amanpay/amanpay-order.ts';
import { cmiPayerPages } from '../cmi/cmi.pages.ts';
import { cmiWire } from '../cmi/cmi.wire.ts';
import { CmiDesk } from '../cmi/cmi-desk.ts';
import { sandboxCmiMerchant } from '../cmi/cmi-merchant.ts';
import { CmiOrder } from '../cmi/cmi-order.ts';
import { fatouratiPayerPages } from '../fatourati/fatourati.pages.ts';
import { fatouratiWire } from '../fatourati/fatourati.wire.ts';
import { FatouratiDesk } from '../fatourati/fatourati-desk.ts';
import { sandboxFatouratiMerchant } from '../fatourati/fatourati-merchant.ts';
import { FatouratiOrder } from '../fatourati/fatourati-order.ts';
import { html } from '../pages/html.ts';
import { Courier } from './courier.ts';
import { type GatewaySide, gatewayControl } from './gateway.control.ts';
import { gatewayPages } from './gateway.pages.ts';
import { createGatewayFaults } from './gateway-faults.ts';
import { Journal } from './journal.ts';

export interface GatewaysOptions {
  /** Where the registers are kept. */
  folder: string;
  /** Where AmanPay notifies for orders of its widget, whose form names no address; undefined: at the merchant's origin. */
  amanPayCallbackUrl: string | undefined;
  now: () => Date;
}

export interface Gateways {
  /** What the portal and the payers' browsers call, from other sites too. */
  wire(app: FastifyInstance): Promise<void>;
  /** Pages and JSON control, for testers of this machine. */
  pages(app: FastifyInstance): void;
  reset(): Promise<void>;
  close(): void;
}

/** AmanPay sends again what wasn't acknowledged, at these distances in milliseconds. */
const amanPayRetries = [1_000, 10_000, 60_000];

/** The payment providers' side: CMI, Fatourati, AmanPay, each with its register, its notifications and its faults. */
export async function createGateways({
  folder,
  amanPayCallbackUrl,
  now,
}: GatewaysOptions): Promise<Gateways> {
  const register = <T>(
    name: string,
    schema: Parameters<typeof Journal.open<T>>[0]['schema'],
    keyOf: (value: T) => string,
  ) => Journal.open({ path: join(folder, `${name}.jsonl`), schema, keyOf });

  const cmiSide = { courier: new Courier({ now }), faults: createGatewayFaults() };
  const cmi = new CmiDesk({
    ...cmiSide,
    merchant: sandboxCmiMerchant,
    orders: await register('cmi', CmiOrder, ({ oid }) => oid),
    now,
  });
  const fatouratiSide = { courier: new Courier({ now }), faults: createGatewayFaults() };
  const fatourati = new FatouratiDesk({
    ...fatouratiSide,
    merchant: sandboxFatouratiMerchant,
    orders: await register('fatourati', FatouratiOrder, ({ orderId }) => orderId),
    now,
  });
  const amanPaySide = {
    courier: new Courier({ now, retryDelaysMs: amanPayRetries }),
    faults: createGatewayFaults(),
  };
  const amanPay = new AmanPayDesk({
    ...amanPaySide,
    merchant: sandboxAmanPayMerchant,
    orders: await register('amanpay', AmanPayOrder, ({ orderId }) => orderId),
    now,
  });
  const sides: GatewaySide[] = [
    { name: 'cmi', desk: cmi, ...cmiSide },
    { name: 'fatourati', desk: fatourati, ...fatouratiSide },
    { name: 'amanpay', desk: amanPay, ...amanPaySide },
  ];

  return {
    async wire(app) {
      await app.register(
        async (scope) => cmiWire(scope, { merchant: sandboxCmiMerchant, desk: cmi, faults: cmiSide.faults }),
        { prefix: '/cmi/fim' },
      );
      await app.register(
        async (scope) =>
          fatouratiWire(scope, {
            merchant: sandboxFatouratiMerchant,
            desk: fatourati,
            faults: fatouratiSide.faults,
            now,
          }),
        { prefix: '/fatourati' },
      );
      await app.register(
        async (scope) =>
          amanPayWire(scope, {
            merchant: sandboxAmanPayMerchant,
            desk: amanPay,
            faults: amanPaySide.faults,
            callbackUrl: amanPayCallbackUrl,
            now,
          }),
        { prefix: '/amanpay' },
      );
    },

    pages(app) {
      for (const side of sides) gatewayControl(app, side);
      const [cmiPages, fatouratiPages, amanPayPages] = sides;
      cmiPayerPages(app, { desk: cmi, now });
      fatouratiPayerPages(app, { desk: fatourati, now });
      amanPayPayerPages(app, { desk: amanPay, now });
      if (cmiPages)
        gatewayPages(app, {
          ...cmiPages,
          title: 'CMI, carte bancaire',
          intro: html`<p>Le payeur arrive ici depuis la page de paiement ; la notification part, et la réponse du marchand décide de la capture.</p>`,
          payerPage: (reference) => `/cmi/pages/${encodeURIComponent(reference)}`,
          actions: {
            pay: 'Payer',
            refuse: 'Refuser un essai',
            cancel: 'Annuler',
            expire: 'Laisser expirer',
            reverse: 'La capture se révèle annulée',
          },
        });
      if (fatouratiPages)
        gatewayPages(app, {
          ...fatouratiPages,
          title: 'Fatourati',
          intro: html`<p><a href="/fatourati/pay">Payer une référence</a>, comme en e-banking ou m-banking.</p>`,
          payerPage: (reference) => `/fatourati/pay?reference=${encodeURIComponent(reference)}`,
          actions: {
            pay: 'Payer',
            refuse: 'La banque refuse',
            cancel: 'Annuler le paiement',
            expire: 'Laisser expirer',
          },
        });
      if (amanPayPages)
        gatewayPages(app, {
          ...amanPayPages,
          title: 'AmanPay',
          intro: html`<p><a href="/amanpay/agency">Payer un code en agence</a> ; carte et débit direct depuis la page du payeur.</p>`,
          payerPage: (reference) => `/amanpay/pages/${encodeURIComponent(reference)}`,
          actions: {
            pay: 'Payer',
            refuse: 'Refuser',
            cancel: 'Annuler',
            expire: 'Laisser expirer',
            reverse: 'Rejet J+2',
          },
        });
    },

    async reset() {
      for (const { courier, faults } of sides) {
        courier.clear();
        faults.clear();
      }
      await Promise.all(sides.map(({ desk }) => desk.clear()));
    },

    close() {
      for (const { courier } of sides) courier.close();
    },
  };
}
