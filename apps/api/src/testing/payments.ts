import type { PaymentChannel, PaymentMethod, PaymentOrder } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { inquireAttempts } from '../jobs/inquire-attempts.ts';
import { capturePayment, voidPayment } from '../jobs/move-money.ts';
import { processMessages } from '../jobs/process-messages.ts';
import { type TestApp, type TestAppOptions, testApp } from './app.ts';
import { makeInvoice, makeIssuer, newSubscriptionCode } from './invoices.ts';
import { freePort } from './process.ts';

interface Ledger {
  reference: string;
  state: string;
  amount: number;
  authorised: number;
  captured: number;
  refunded: number;
  transactionId: string;
}
interface DeskResult {
  entry: Ledger;
  answers: { status: number; body: string }[];
}
type Gateway = 'cmi' | 'fatourati' | 'amanpay';

/** The API listening where the sandbox's gateways find it, and a payer's and a tester's hands on both. */
export interface PaymentApp extends TestApp {
  readonly url: string;
  /** An order to the sandbox's control interface. */
  control: <T = DeskResult>(method: string, path: string, body?: unknown) => Promise<T>;
  /** What happens to a payment at its gateway. */
  desk: (
    gateway: Gateway,
    reference: string,
    action: 'pay' | 'refuse' | 'cancel' | 'expire' | 'reverse' | 'forge' | 'debit',
    details?: object,
  ) => Promise<DeskResult>;
  ledger: (gateway: Gateway, reference: string) => Promise<Ledger>;
  /** Unpaid invoices of one issuer and client; 840.00 MAD each. */
  bill: (count?: number, given?: Parameters<typeof makeInvoice>[1] | object) => Promise<string[]>;
  order: (
    invoiceIds: readonly string[],
    choice?: { method?: PaymentMethod; channel?: PaymentChannel; payerEmail?: string },
  ) => Promise<PaymentOrder>;
  read: (id: string) => Promise<PaymentOrder>;
  /** The last attempt's reference at its gateway. */
  referenceOf: (orderId: string) => Promise<string>;
  /** Posts the redirect's form as the payer's browser does. */
  visit: (order: PaymentOrder) => Promise<Response>;
  /** The sweep, with every attempt's time come; then the orders to gateways that it queued. */
  sweep: () => Promise<void>;
  /** Rows as PostgreSQL has them. */
  rows: <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) => Promise<T[]>;
}

/** An API with gateways at its own sandbox, over HTTP in both directions. */
export async function paymentApp(options: TestAppOptions = {}): Promise<PaymentApp> {
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const test = await testApp({ ...options, environment: { PUBLIC_URL: url, ...options.environment } });
  await test.app.listen({ host: '127.0.0.1', port });
  const { deps, sandboxUrl } = test;
  const issuer = await makeIssuer(test);

  const control: PaymentApp['control'] = async <T>(method: string, path: string, body?: unknown) => {
    const response = await fetch(`${sandboxUrl}${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const rows: PaymentApp['rows'] = async <T>(query: ReturnType<typeof sql>) =>
    (await deps.database.execute(query)).rows as T[];
  const call = async (path: string, body?: object): Promise<PaymentOrder> => {
    const answer = await test.app.inject({
      method: body ? 'POST' : 'GET',
      url: `/api/v1${path}`,
      ...(body ? { payload: body } : {}),
    });
    if (answer.statusCode >= 400) throw new Error(`${path}: ${String(answer.statusCode)} ${answer.body}`);
    return answer.json<PaymentOrder>();
  };

  return {
    ...test,
    url,
    control,
    rows,
    desk: (gateway, reference, action, details = {}) =>
      control('POST', `/api/${gateway}/orders/${reference}/${action}`, details),
    ledger: (gateway, reference) => control('GET', `/api/${gateway}/orders/${reference}`),
    bill: async (count = 1, given = {}) => {
      const clientCode = newSubscriptionCode();
      const made: string[] = [];
      for (let left = count; left > 0; left -= 1)
        made.push((await makeInvoice(test, { issuerId: issuer.id, clientCode, ...given })).id);
      return made;
    },
    order: (invoiceIds, choice = {}) =>
      call('/payment-orders', { invoiceIds, method: 'cmi', channel: 'card', ...choice }),
    read: (id) => call(`/payment-orders/${id}`),
    referenceOf: async (orderId) => {
      const [row] = await rows<{ reference: string }>(
        sql`select reference from payment_attempts where order_id = ${orderId} order by id desc limit 1`,
      );
      return row?.reference ?? '';
    },
    visit: async ({ next }) => {
      if (next?.type !== 'redirect') throw new Error('nothing to visit');
      return await fetch(next.url, {
        method: next.method,
        body: new URLSearchParams(next.fields.map(({ name, value }): [string, string] => [name, value])),
      });
    },
    sweep: async () => {
      await deps.database.execute(
        sql`update payment_attempts set inquire_at = '2000-01-01' where inquire_at is not null`,
      );
      await processMessages(deps);
      await inquireAttempts(deps);
      await workOff(test);
    },
  };
}

/** Does what the jobs of void and capture would do; the queue itself is the worker's affair. */
async function workOff({ deps }: TestApp): Promise<void> {
  const { rows } = await deps.database.execute<{ id: string; status: string }>(
    sql`select id, status from payment_attempts where status in ('void_requested', 'capture_requested')`,
  );
  for (const { id, status } of rows)
    await (status === 'void_requested' ? voidPayment : capturePayment)(deps, { attemptId: id });
}
