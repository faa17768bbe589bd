import { randomUUID } from 'node:crypto';
import { casablancaDate } from '@rnoce/schemas';
import { centimesOf, decimalOf } from '@rnoce/schemas/money';
import { sql } from 'drizzle-orm';
import { recordRefund } from '../features/finance/record-refund.ts';
import type { AppliedNews } from '../features/payments/apply-news.ts';
import { inquireAttempt } from '../features/payments/ask-gateway.ts';
import { conclude, transactionNumbers } from '../integrations/fatourati/fatourati-inquiry.ts';
import type { TokenStatus, TransactionStatus } from '../integrations/fatourati/fatourati-messages.ts';
import type { AgentPrincipal } from '../plugins/principal.ts';
import { makeAgent } from './factories.ts';
import type { PaymentApp } from './payments.ts';

const settings = { merchantCode: 'MERCH01', store: 'STORE01' };

/** What stands at Fatourati under one number. */
export interface PaymentThere {
  readonly number: string;
  readonly amount?: string;
  readonly status?: TransactionStatus['status'];
  /** Given back of it, says the transaction. */
  readonly refunded?: string;
}
interface TokenThere {
  readonly paidAmount?: string;
  readonly refundedAmount?: string;
}

/** One Fatourati reference of an order, whose payments at Fatourati the test decides; asked about as the portal does. */
export interface OneReference {
  readonly id: string;
  readonly attemptId: string;
  /** Asks Fatourati, which has these payments and these sums of its token; `told`: the number that a message named. */
  ask: (
    payments: readonly PaymentThere[],
    question?: { told?: string; token?: TokenThere; givenUp?: boolean },
  ) => Promise<AppliedNews>;
  /** An agent records that what was paid under this number was given back by a transfer; nothing when it isn't due. */
  giveBack: (number: string) => Promise<void>;
  /** Another payer settles the invoice. */
  paidByAnother: () => Promise<void>;
  /** What our books have: the order, its invoice, the refunds by transaction, the kinds of anomaly. */
  books: () => Promise<ReferenceBooks>;
}
export interface ReferenceBooks {
  readonly order: string;
  readonly attempt: string;
  /** The transaction whose money the attempt holds as its own. */
  readonly own: string | null;
  readonly invoice: string;
  readonly refunds: Readonly<Record<string, string>>;
  readonly anomalies: readonly string[];
}

/** The sum of the token as Fatourati counts it: all that was paid and wasn't cancelled. */
export const paidInAll = (payments: readonly PaymentThere[]): string =>
  decimalOf(
    payments
      .filter(({ status = 'PAID' }) => status === 'PAID')
      .reduce((sum, { amount = '840.00' }) => sum + (centimesOf(amount) ?? 0), 0),
  );

export async function oneReference(test: PaymentApp, bills: readonly string[]): Promise<OneReference> {
  const { id } = await test.order(bills, { method: 'cmi', channel: 'fatourati' });
  const reference = await test.referenceOf(id);
  const [row] = await test.rows<{ id: string }>(
    sql`select id from payment_attempts where reference = ${reference}`,
  );
  const attemptId = row?.id ?? '';
  const { id: agentId, name, authority, role } = await makeAgent(test, { role: 'finance' });
  const agent: AgentPrincipal = {
    kind: 'agent',
    sessionId: randomUUID(),
    agentId,
    name,
    authority,
    role,
  };
  const { fatourati } = test.deps.gateways;
  if (!fatourati) throw new Error('Fatourati is configured');

  return {
    id,
    attemptId,
    ask: async (payments, { told, token: sums = {}, givenUp = false } = {}) => {
      const there = new Map(
        payments.map(
          ({ number, amount = '840.00', status = 'PAID', refunded }): [string, TransactionStatus] => [
            number,
            {
              orderId: reference,
              fatouratiTransactionNumber: number,
              status,
              paidAmount: amount,
              ...(refunded !== undefined && { refundedAmount: refunded }),
            },
          ],
        ),
      );
      const inquire: typeof fatourati.inquire = (known) => {
        const token = {
          tokenRef: known.gatewayReference ?? '',
          orderId: reference,
          status: there.size > 0 ? ('CONSUMED' as const) : ('CREATED' as const),
          transactions: [...there.keys()],
          ...sums,
        } satisfies TokenStatus;
        const looked = transactionNumbers(known, token).flatMap((number) => there.get(number) ?? []);
        return Promise.resolve(conclude(known, settings, token, looked));
      };
      const deps = {
        ...test.deps,
        gateways: { ...test.deps.gateways, fatourati: { ...fatourati, inquire } },
      };
      return await inquireAttempt(deps, attemptId, {
        ...(told !== undefined && { transactionId: told }),
        givenUp,
      });
    },
    giveBack: async (number) => {
      const [refund] = await test.rows<{ id: string; version: number }>(
        sql`select id, version from refunds
            where attempt_id = ${attemptId} and transaction_id = ${number} and status = 'due'`,
      );
      if (!refund) return;
      await recordRefund(test.deps, agent, refund.id, refund.version, {
        way: 'transfer',
        proof: `VIR ${number}`,
        note: '',
        refundedOn: casablancaDate(test.deps.now()),
      });
    },
    paidByAnother: async () => {
      const card = await test.order(bills);
      await test.visit(card);
      await test.desk('cmi', await test.referenceOf(card.id), 'pay');
    },
    books: async () => {
      const [found] = await test.rows<
        Omit<ReferenceBooks, 'refunds' | 'anomalies'> & Record<string, unknown>
      >(sql`
        select o.status as order, a.status as attempt, a.gateway_transaction_id as own, i.status as invoice
        from payment_attempts a join payment_orders o on o.id = a.order_id
        join invoices i on i.id = ${bills[0]} where a.id = ${attemptId}`);
      if (!found) throw new Error('the attempt is there');
      const refunds = await test.rows<{ number: string; said: string }>(sql`
        select transaction_id as number, amount_centimes || ' ' || status as said
        from refunds where attempt_id = ${attemptId} order by id`);
      const anomalies = await test.rows<{ kind: string }>(
        sql`select kind from payment_anomalies where attempt_id = ${attemptId} order by kind`,
      );
      return {
        ...found,
        refunds: Object.fromEntries(refunds.map(({ number, said }) => [number, said])),
        anomalies: anomalies.map(({ kind }) => kind),
      };
    },
  };
}
