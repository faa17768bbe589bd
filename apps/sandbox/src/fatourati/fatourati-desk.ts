import { randomInt } from 'node:crypto';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import { decimal } from '../gateways/centimes.ts';
import type { Answer, Courier, Notification } from '../gateways/courier.ts';
import { DeskError, type DeskResult, type GatewayDesk } from '../gateways/gateway-desk.ts';
import { type GatewayFault, normalGateway } from '../gateways/gateway-faults.ts';
import type { Journal } from '../gateways/journal.ts';
import type { FatouratiMerchant } from './fatourati-merchant.ts';
import {
  cancellationSignature,
  type FatouratiOrder,
  type FatouratiTransaction,
  ledgerEntry,
  type PaymentFields,
  paymentFields,
  paymentSignature,
  statusAt,
} from './fatourati-order.ts';

export interface FatouratiDeskOptions {
  merchant: FatouratiMerchant;
  orders: Journal<FatouratiOrder>;
  courier: Courier;
  faults: FaultSwitch<GatewayFault>;
  now: () => Date;
}

export const channels = { E_BANKING: 'e-banking', M_BANKING: 'm-banking', ATM: 'guichet', AGENCY: 'agence' };

export const fatouratiForgeries = {
  wrong_signature: 'confirmé, avec une mauvaise signature',
  unsigned: 'confirmé, sans signature',
  flipped_decision: 'un refus bien signé, dont le decisionCode (non signé) devient 0',
  missing_decision: 'bien signé, sans decisionCode',
  blank_operator: 'bien signé, operator vide (les valeurs glissent)',
  slid_cancellation: 'la signature d’une annulation, portée comme un paiement',
  changed_amount: 'confirmé et bien signé, pour un autre montant',
  changed_order: 'confirmé et bien signé, pour une autre commande',
  changed_store: 'confirmé et bien signé, pour un autre magasin',
  unknown_transaction: 'confirmé et bien signé, sans paiement à la banque',
} as const;
export type FatouratiForgery = keyof typeof fatouratiForgeries;

const digits = (count: number) =>
  `${randomInt(1, 10)}${Array.from({ length: count - 1 }, () => String(randomInt(10))).join('')}`;

/** Fatourati and the banks behind it: a reference is paid there, then the merchant is told. Money taken stays taken, whatever the answer. */
export class FatouratiDesk implements GatewayDesk {
  readonly forgeries: Record<string, string> = fatouratiForgeries;
  readonly #options: FatouratiDeskOptions;
  /** Our reference by theirs, and by the bank's transaction. */
  readonly #orderIds = new Map<string, string>();

  constructor(options: FatouratiDeskOptions) {
    this.#options = options;
    for (const order of options.orders.values()) this.#index(order);
  }

  #index(order: FatouratiOrder): void {
    this.#orderIds.set(order.tokenRef, order.orderId);
    for (const { number } of order.transactions) this.#orderIds.set(number, order.orderId);
  }

  ledger() {
    return this.#options.orders.values().map((order) => ledgerEntry(order, this.#options.now()));
  }

  /** By our reference or by theirs. */
  find(reference: string) {
    const order = this.order(reference);
    return order && ledgerEntry(order, this.#options.now());
  }

  order(reference: string): FatouratiOrder | undefined {
    const { orders } = this.#options;
    return orders.get(reference) ?? orders.get(this.#orderIds.get(reference) ?? '');
  }

  transaction(number: string): { order: FatouratiOrder; transaction: FatouratiTransaction } | undefined {
    const order = this.order(number);
    const transaction = order?.transactions.find((one) => one.number === number);
    return order && transaction && { order, transaction };
  }

  /** Undefined when the merchant used that order already. */
  async create(
    order: Omit<FatouratiOrder, 'tokenRef' | 'status' | 'createdAt' | 'changedAt' | 'transactions'>,
  ): Promise<FatouratiOrder | undefined> {
    if (this.#options.orders.get(order.orderId)) return undefined;
    const at = this.#options.now().toISOString();
    const created: FatouratiOrder = {
      ...order,
      tokenRef: digits(13),
      status: 'CREATED',
      createdAt: at,
      changedAt: at,
      transactions: [],
    };
    this.#index(created);
    await this.#options.orders.put(created);
    return created;
  }

  /** Pays at a bank; a reference already paid can be paid again, as happens. */
  async pay(
    reference: string,
    { operator = 'BANK_X', channel = 'M_BANKING' }: Record<string, string> = {},
  ): Promise<DeskResult> {
    const order = this.#payable(reference);
    const fault = this.#options.faults.take(order.orderId);
    const transaction = this.#newTransaction('PAID', fault.amountCentimes ?? order.amount, operator, channel);
    const paid = await this.#change({
      ...order,
      status: 'CONSUMED',
      transactions: [...order.transactions, transaction],
    });
    return this.#tell(
      paid,
      this.#payment(paid, paymentFields(paid, transaction, this.#options.merchant, 0)),
      fault,
    );
  }

  /** The bank refuses; the reference stays payable. */
  async refuse(reference: string): Promise<DeskResult> {
    const order = this.#payable(reference);
    const transaction = this.#newTransaction('REJECTED', order.amount, 'BANK_X', 'M_BANKING');
    const refused = await this.#change({ ...order, transactions: [...order.transactions, transaction] });
    const fields = paymentFields(refused, transaction, this.#options.merchant, 1);
    return this.#tell(
      refused,
      this.#payment(refused, fields, 'refus'),
      this.#options.faults.take(order.orderId),
    );
  }

  /** A payment that is given up, as cash that was not handed over in time: the merchant's cancel address is called. */
  async cancel(reference: string): Promise<DeskResult> {
    const order = this.#known(reference);
    const paid = order.transactions.findLast(({ status }) => status === 'PAID');
    const transaction: FatouratiTransaction = {
      ...(paid ?? this.#newTransaction('CANCELLED', order.amount, 'AGENCY_X', 'AGENCY')),
      status: 'CANCELLED',
    };
    const others = order.transactions.filter(({ number }) => number !== transaction.number);
    const cancelled = await this.#change({
      ...order,
      status: 'CANCELLED',
      transactions: [...others, transaction],
    });
    const fields = paymentFields(cancelled, transaction, this.#options.merchant, undefined);
    const sent = { ...fields, operator: undefined, channel: undefined };
    const notification = this.#notification(
      cancelled,
      'annulation',
      cancelled.cancelURL,
      sent,
      cancellationSignature(fields, this.#options.merchant.storeApiKey),
    );
    return this.#tell(cancelled, notification, this.#options.faults.take(order.orderId));
  }

  async expire(reference: string): Promise<DeskResult> {
    const order = this.#known(reference);
    const expired = await this.#change({
      ...order,
      status: order.status === 'CREATED' ? 'EXPIRED' : order.status,
      expiresAt: this.#options.now().toISOString(),
    });
    return { entry: ledgerEntry(expired, this.#options.now()), answers: [] };
  }

  reverse(reference: string): Promise<DeskResult> {
    return this.cancel(reference);
  }

  async forge(reference: string, variant: string): Promise<DeskResult> {
    const order = this.#known(reference);
    const { merchant, faults } = this.#options;
    const key = merchant.storeApiKey;
    const refused = this.#newTransaction('REJECTED', order.amount, 'BANK_X', 'M_BANKING');
    // The captured refusal is one that the bank knows; the others name no transaction at all.
    const isCaptured = variant === 'flipped_decision' || variant === 'missing_decision';
    const known = isCaptured
      ? await this.#change({ ...order, transactions: [...order.transactions, refused] })
      : order;
    const fields = paymentFields(known, refused, merchant, 0);
    const undecided = { ...fields, decisionCode: undefined };
    const send = (content: unknown, signature?: string) =>
      this.#notification(known, `faux : ${variant}`, known.callbackURL, content, signature);
    const resigned = (changes: Partial<PaymentFields>) => {
      const changed = { ...fields, ...changes };
      return send(changed, paymentSignature(changed, key));
    };
    const byVariant: Record<FatouratiForgery, () => Notification> = {
      wrong_signature: () => send(fields, paymentSignature(fields, `${key}-other`)),
      unsigned: () => send(fields),
      flipped_decision: () => send(fields, paymentSignature(fields, key)),
      missing_decision: () => send(undecided, paymentSignature(fields, key)),
      blank_operator: () => resigned({ operator: '', channel: `${fields.operator}|${fields.channel}` }),
      slid_cancellation: () => send(fields, cancellationSignature(fields, key)),
      changed_amount: () => resigned({ totalAmount: Number(decimal(order.amount + 100)) }),
      changed_order: () => resigned({ orderId: `${order.orderId}0` }),
      changed_store: () => resigned({ store: 'STORE99' }),
      unknown_transaction: () => resigned({}),
    };
    return this.#tell(known, byVariant[variant as FatouratiForgery](), faults.take(order.orderId));
  }

  async settle(): Promise<number> {
    const paid = this.#options.orders
      .values()
      .filter(({ transactions }) =>
        transactions.some(({ status, settled }) => status === 'PAID' && !settled),
      );
    await Promise.all(
      paid.map((order) =>
        this.#change({
          ...order,
          transactions: order.transactions.map((one) => ({ ...one, settled: one.status === 'PAID' })),
        }),
      ),
    );
    return paid.length;
  }

  settlementCsv(): string {
    const lines = this.#options.orders.values().flatMap((order) =>
      order.transactions.flatMap(({ number, status, amount, at, settled }) => {
        const line = (word: string) =>
          `${order.orderId},${order.tokenRef},${number},${word},${decimal(amount)},504,${at}`;
        if (status === 'PAID') return [line('PAID')];
        return status === 'CANCELLED' && settled ? [line('PAID'), line('CANCELLED')] : [];
      }),
    );
    return [
      'orderId,tokenRef,fatouratiTransactionNumber,status,amount,currency,transactionDate',
      ...lines,
      '',
    ].join('\n');
  }

  clear(): Promise<void> {
    this.#orderIds.clear();
    return this.#options.orders.clear();
  }

  /** Asks the merchant how an order stands, as Fatourati may. */
  async askStatus(reference: string): Promise<Answer> {
    const order = this.#known(reference);
    const url = new URL(order.checkStatusURL);
    url.searchParams.set('token_ref', order.tokenRef);
    url.searchParams.set('order_id', order.orderId);
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: 'manual' });
    return { status: response.status, body: await response.text() };
  }

  async #tell(order: FatouratiOrder, notification: Notification, fault: GatewayFault): Promise<DeskResult> {
    const answers = await this.#options.courier.deliver(notification, fault ?? normalGateway);
    return { entry: ledgerEntry(this.#known(order.orderId), this.#options.now()), answers };
  }

  #payment(order: FatouratiOrder, fields: PaymentFields, kind = 'paiement'): Notification {
    const signature = paymentSignature(fields, this.#options.merchant.storeApiKey);
    return this.#notification(order, kind, order.callbackURL, fields, signature);
  }

  #notification(order: FatouratiOrder, kind: string, url: string, content: unknown, signature?: string) {
    return {
      reference: order.orderId,
      kind,
      url,
      headers: {
        'content-type': 'application/json',
        ...(signature !== undefined && { 'x-signature': signature }),
      },
      body: JSON.stringify(content),
    };
  }

  #newTransaction(
    status: FatouratiTransaction['status'],
    amount: number,
    operator: string,
    channel: string,
  ): FatouratiTransaction {
    const at = this.#options.now().toISOString().slice(0, 19);
    return { number: digits(12), status, amount, operator, channel, at, settled: false };
  }

  #known(reference: string): FatouratiOrder {
    const order = this.order(reference);
    if (!order) throw new DeskError('Référence inconnue.', 404);
    return order;
  }

  #payable(reference: string): FatouratiOrder {
    const order = this.#known(reference);
    const status = statusAt(order, this.#options.now());
    if (status === 'EXPIRED' || status === 'CANCELLED')
      throw new DeskError(`Cette référence n’est plus payable (${status}).`);
    return order;
  }

  async #change(order: FatouratiOrder): Promise<FatouratiOrder> {
    const changed = { ...order, changedAt: this.#options.now().toISOString() };
    this.#index(changed);
    await this.#options.orders.put(changed);
    return changed;
  }
}
