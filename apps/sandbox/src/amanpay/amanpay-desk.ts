import { randomInt } from 'node:crypto';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import type { Courier, Notification } from '../gateways/courier.ts';
import { DeskError, type DeskResult, type GatewayDesk } from '../gateways/gateway-desk.ts';
import type { GatewayFault } from '../gateways/gateway-faults.ts';
import type { Journal } from '../gateways/journal.ts';
import type { AmanPayMerchant } from './amanpay-merchant.ts';
import {
  type AmanPayOrder,
  ledgerEntry,
  sha256Hmac,
  statusAt,
  type WireOrder,
  wireOrder,
} from './amanpay-order.ts';

export interface AmanPayDeskOptions {
  merchant: AmanPayMerchant;
  orders: Journal<AmanPayOrder>;
  courier: Courier;
  faults: FaultSwitch<GatewayFault>;
  now: () => Date;
}

export const amanPayForgeries = {
  wrong_hmac: 'payé, avec un mauvais x-hmac',
  unsigned: 'payé, sans x-hmac',
  changed_body: 'un refus signé, dont le corps devient « payé »',
  changed_amount: 'payé et bien signé, pour un autre montant',
  changed_currency: 'payé et bien signé, dans une autre devise',
  changed_order: 'payé et bien signé, pour une autre commande',
  changed_merchant: 'payé et bien signé, pour un autre marchand',
  not_paid: 'payé et bien signé, sans paiement',
} as const;
export type AmanPayForgery = keyof typeof amanPayForgeries;

const digits = (count: number) =>
  `${randomInt(1, 10)}${Array.from({ length: count - 1 }, () => String(randomInt(10))).join('')}`;

/** AmanPay: card, code paid at an agency, direct debit that lasts days and may come back. */
export class AmanPayDesk implements GatewayDesk {
  readonly forgeries: Record<string, string> = amanPayForgeries;
  readonly #options: AmanPayDeskOptions;
  readonly #orderIds = new Map<string, string>();

  constructor(options: AmanPayDeskOptions) {
    this.#options = options;
    for (const { token, orderId } of options.orders.values())
      if (token !== '') this.#orderIds.set(token, orderId);
  }

  ledger() {
    return this.#options.orders.values().map((order) => ledgerEntry(order, this.#options.now()));
  }

  find(reference: string) {
    const order = this.order(reference);
    return order && ledgerEntry(order, this.#options.now());
  }

  /** By our reference or by the agency's code. */
  order(reference: string): AmanPayOrder | undefined {
    const { orders } = this.#options;
    return orders.get(reference) ?? orders.get(this.#orderIds.get(reference) ?? '');
  }

  /** The widget's page may be opened again for an order that is still open; undefined when the order is over, or another amount is asked. */
  async open(
    asked: Pick<AmanPayOrder, 'orderId' | 'amount' | 'method' | 'callbackUrl' | 'redirectUrl' | 'clientName'>,
  ): Promise<AmanPayOrder | undefined> {
    const known = this.order(asked.orderId);
    if (known) return known.status === 'open' && known.amount === asked.amount ? known : undefined;
    return this.#create({ ...asked, status: 'open', token: '', expiresAt: '9999-12-31T00:00:00.000Z' });
  }

  /** Undefined when the order was used already. */
  async createCode(
    asked: Pick<
      AmanPayOrder,
      'orderId' | 'amount' | 'callbackUrl' | 'redirectUrl' | 'clientName' | 'expiresAt'
    >,
  ): Promise<AmanPayOrder | undefined> {
    if (this.order(asked.orderId)) return undefined;
    return this.#create({ ...asked, method: 'token', status: 'PENDING', token: digits(9) });
  }

  /** The payer's debit was ordered; the bank will take days. */
  async startDebit(reference: string): Promise<DeskResult> {
    const order = this.#open(reference);
    const pending = await this.#change({
      ...order,
      method: 'direct_debit',
      status: 'PENDING',
      transactionId: order.transactionId || this.#newTransaction(),
    });
    return { entry: ledgerEntry(pending, this.#options.now()), answers: [] };
  }

  async pay(reference: string): Promise<DeskResult> {
    const order = this.#open(reference);
    const fault = this.#options.faults.take(order.orderId);
    return this.#end(
      {
        ...order,
        status: 'PAID',
        paid: fault.amountCentimes ?? order.amount,
        transactionId: order.transactionId || this.#newTransaction(),
      },
      'payé',
      fault,
    );
  }

  async refuse(reference: string): Promise<DeskResult> {
    const order = this.#open(reference);
    const transactionId = order.transactionId || this.#newTransaction();
    return this.#end({ ...order, status: 'FAILED', transactionId }, 'refusé');
  }

  async cancel(reference: string): Promise<DeskResult> {
    return this.#end({ ...this.#open(reference), status: 'CANCELLED' }, 'annulé');
  }

  async expire(reference: string): Promise<DeskResult> {
    const order = this.#open(reference);
    return this.#end({ ...order, status: 'EXPIRED', expiresAt: this.#options.now().toISOString() }, 'expiré');
  }

  /** « Rejet J+2 »: the bank takes the money back after it was announced as paid. */
  async reverse(reference: string): Promise<DeskResult> {
    const order = this.#known(reference);
    if (order.status !== 'PAID') throw new DeskError('Rien n’a été payé.');
    return this.#end(
      { ...order, status: 'FAILED', reversedAt: this.#options.now().toISOString() },
      'rejet J+2',
    );
  }

  async forge(reference: string, variant: string): Promise<DeskResult> {
    const order = this.#known(reference);
    const { merchant, now } = this.#options;
    const transactionId = order.transactionId || this.#newTransaction();
    const truth = wireOrder({ ...order, transactionId }, merchant.merchantId, now());
    const paid: WireOrder = { ...truth, status: 'PAID', amount: order.amount };
    const sign = (content: WireOrder) => sha256Hmac(JSON.stringify(content), merchant.notificationSecret);
    const send = (content: WireOrder, hmac: string | undefined) =>
      this.#notification(order, `faux : ${variant}`, content, hmac);
    const signed = (changes: Partial<WireOrder>) => {
      const content = { ...paid, ...changes };
      return send(content, sign(content));
    };
    const byVariant: Record<AmanPayForgery, () => Notification> = {
      wrong_hmac: () => send(paid, sha256Hmac(JSON.stringify(paid), 'another')),
      unsigned: () => send(paid, undefined),
      changed_body: () => send(paid, sign({ ...paid, status: 'FAILED' })),
      changed_amount: () => signed({ amount: order.amount + 100 }),
      changed_currency: () => signed({ currency: 'EUR' }),
      changed_order: () => signed({ orderId: `${order.orderId}0` }),
      changed_merchant: () => signed({ merchantId: '100002' }),
      not_paid: () => signed({}),
    };
    return this.#tell(order, byVariant[variant as AmanPayForgery]());
  }

  async settle(): Promise<number> {
    const paid = this.#options.orders.values().filter(({ status, settled }) => status === 'PAID' && !settled);
    await Promise.all(paid.map((order) => this.#change({ ...order, settled: true })));
    return paid.length;
  }

  settlementCsv(): string {
    const lines = this.#options.orders.values().flatMap((order) => {
      const line = (word: string, at: string) =>
        `${order.orderId};${order.transactionId};${order.method};${word};${order.paid};MAD;${at}`;
      if (order.status === 'PAID') return [line('PAID', order.changedAt)];
      return order.reversedAt === ''
        ? []
        : [line('PAID', order.changedAt), line('REVERSED', order.reversedAt)];
    });
    return ['orderId;transactionId;method;status;amount;currency;occurredAt', ...lines, ''].join('\n');
  }

  clear(): Promise<void> {
    this.#orderIds.clear();
    return this.#options.orders.clear();
  }

  async #end(order: AmanPayOrder, kind: string, fault?: GatewayFault): Promise<DeskResult> {
    const ended = await this.#change(order);
    const { merchant, now } = this.#options;
    const content = wireOrder(ended, merchant.merchantId, now());
    const hmac = sha256Hmac(JSON.stringify(content), merchant.notificationSecret);
    return this.#tell(ended, this.#notification(ended, kind, content, hmac), fault);
  }

  async #tell(
    order: AmanPayOrder,
    notification: Notification,
    fault = this.#options.faults.take(order.orderId),
  ): Promise<DeskResult> {
    const answers = await this.#options.courier.deliver(notification, fault);
    return { entry: ledgerEntry(this.#known(order.orderId), this.#options.now()), answers };
  }

  #notification(order: AmanPayOrder, kind: string, content: WireOrder, hmac: string | undefined) {
    return {
      reference: order.orderId,
      kind,
      url: order.callbackUrl,
      headers: { 'content-type': 'application/json', ...(hmac !== undefined && { 'x-hmac': hmac }) },
      body: JSON.stringify(content),
    };
  }

  #newTransaction(): string {
    return `AP${digits(10)}`;
  }

  #known(reference: string): AmanPayOrder {
    const order = this.order(reference);
    if (!order) throw new DeskError('Commande ou code inconnu.', 404);
    return order;
  }

  #open(reference: string): AmanPayOrder {
    const order = this.#known(reference);
    const status = statusAt(order, this.#options.now());
    if (status !== 'open' && status !== 'PENDING')
      throw new DeskError(`Ce paiement est terminé (${status}).`);
    return order;
  }

  async #create(
    asked: Omit<
      AmanPayOrder,
      'paid' | 'settled' | 'transactionId' | 'createdAt' | 'changedAt' | 'reversedAt'
    >,
  ): Promise<AmanPayOrder> {
    const at = this.#options.now().toISOString();
    const times = { createdAt: at, changedAt: at, reversedAt: '' };
    const created = { ...asked, ...times, paid: 0, settled: false, transactionId: '' };
    if (created.token !== '') this.#orderIds.set(created.token, created.orderId);
    await this.#options.orders.put(created);
    return created;
  }

  async #change(order: AmanPayOrder): Promise<AmanPayOrder> {
    const changed = { ...order, changedAt: this.#options.now().toISOString() };
    await this.#options.orders.put(changed);
    return changed;
  }
}
