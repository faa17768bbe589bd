import { randomInt } from 'node:crypto';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import { decimal } from '../gateways/centimes.ts';
import type { Answer, Courier } from '../gateways/courier.ts';
import { DeskError, type DeskResult, type GatewayDesk } from '../gateways/gateway-desk.ts';
import type { GatewayFault } from '../gateways/gateway-faults.ts';
import type { Journal } from '../gateways/journal.ts';
import { testCards, usualTestCard } from '../gateways/test-cards.ts';
import {
  type CmiForgery,
  callbackOf,
  cmiForgeries,
  forgedFields,
  resultFields,
  type Verdict,
} from './cmi-callback.ts';
import type { Fields } from './cmi-hash.ts';
import type { CmiMerchant } from './cmi-merchant.ts';
import { type CmiOrder, ledgerEntry, requestValue } from './cmi-order.ts';

export interface CmiDeskOptions {
  merchant: CmiMerchant;
  orders: Journal<CmiOrder>;
  courier: Courier;
  faults: FaultSwitch<GatewayFault>;
  now: () => Date;
}

const refusals: Record<string, string> = {
  '05': 'Do not honour',
  '12': 'Invalid transaction',
  '51': 'Insufficient funds',
  '54': 'Expired card',
  '57': 'Not permitted to cardholder',
  '62': 'Restricted card',
  '82': 'Wrong CVV',
  '91': 'Issuer unavailable',
  '99': 'Platform error',
};
const digits = (count: number) => Array.from({ length: count }, () => String(randomInt(10))).join('');

/** The bank behind the hosted page: authorises, asks the merchant by the callback, captures when told to. */
export class CmiDesk implements GatewayDesk {
  readonly forgeries: Record<string, string> = cmiForgeries;
  readonly #options: CmiDeskOptions;

  constructor(options: CmiDeskOptions) {
    this.#options = options;
  }

  ledger() {
    return this.#options.orders.values().map(ledgerEntry);
  }

  find(reference: string) {
    const order = this.#options.orders.get(reference);
    return order && ledgerEntry(order);
  }

  order(oid: string): CmiOrder | undefined {
    return this.#options.orders.get(oid);
  }

  /** A visit to the page; the same `oid` never serves twice. */
  async open(order: Pick<CmiOrder, 'oid' | 'amount' | 'request'>, sessionSeconds: number): Promise<CmiOrder> {
    if (this.order(order.oid)) throw new DeskError('2302 : ce numéro de commande a déjà servi.');
    const openedAt = this.#options.now();
    const opened: CmiOrder = {
      ...order,
      state: 'open',
      authorised: 0,
      captured: 0,
      refunded: 0,
      openedAt: openedAt.toISOString(),
      expiresAt: new Date(openedAt.getTime() + sessionSeconds * 1_000).toISOString(),
      changedAt: openedAt.toISOString(),
      transId: '',
      authCode: '',
      hostRefNum: '',
      maskedPan: '',
      mdStatus: '',
      movements: [],
      voidOnCapture: false,
    };
    await this.#options.orders.put(opened);
    return opened;
  }

  /** Authorises, and captures when the merchant's answer says so. `card`: one of the test cards. */
  async pay(reference: string, { card = usualTestCard }: Record<string, string> = {}): Promise<DeskResult> {
    const order = this.#payable(reference);
    const fault = this.#options.faults.take(reference);
    const authorised = fault.amountCentimes ?? order.amount;
    const transId = this.#newTransaction();
    const paid = await this.#change({
      ...order,
      state: 'A',
      authorised,
      transId,
      authCode: digits(6),
      hostRefNum: digits(12),
      maskedPan: `${card.slice(0, 6)}***${card.slice(-4)}`,
      mdStatus: testCards[card]?.mdStatus ?? '1',
      voidOnCapture: fault.captureVoid,
      movements: [...order.movements, this.#movement('S', 'A', authorised, 0, '00', transId)],
    });
    return this.#notify(paid, { code: '00', message: '' }, fault);
  }

  /** A refusal; the page stays open for another try. `none`: the callback has no code at all. */
  async refuse(reference: string, code = '05'): Promise<DeskResult> {
    const order = this.#payable(reference);
    const transId = this.#newTransaction();
    const refused = await this.#change({
      ...order,
      state: 'D',
      transId,
      hostRefNum: digits(12),
      mdStatus: '1',
      movements: [...order.movements, this.#movement('S', 'D', order.amount, 0, code, transId)],
    });
    const verdict = { code: code === 'none' ? '' : code, message: refusals[code] ?? 'Refused' };
    return this.#notify(refused, verdict, this.#options.faults.take(reference));
  }

  /** The payer leaves by « Annuler »: CMI says nothing to the merchant. */
  async cancel(reference: string): Promise<DeskResult> {
    const order = this.#payable(reference);
    return this.#quietly({ ...order, state: 'cancelled' });
  }

  async expire(reference: string): Promise<DeskResult> {
    const order = this.#payable(reference);
    return this.#quietly({ ...order, state: 'expired', expiresAt: this.#options.now().toISOString() });
  }

  /** What was captured turns out void at the bank; nobody is told. */
  async reverse(reference: string): Promise<DeskResult> {
    const order = this.#known(reference);
    if (order.state !== 'C' && order.state !== 'S') throw new DeskError('Rien n’a été pris.');
    const movement = this.#movement('S', 'V', order.captured, 0, '00', order.transId);
    return this.#quietly({ ...order, state: 'V', movements: [...order.movements, movement] });
  }

  async forge(reference: string, variant: string): Promise<DeskResult> {
    const order = this.#known(reference);
    const { merchant, courier, now, faults } = this.#options;
    const fields = forgedFields(order, variant as CmiForgery, merchant.storeKey, now());
    const notification = callbackOf(order, `faux : ${variant}`, fields);
    const answers = await courier.deliver(notification, faults.take(reference));
    return { entry: ledgerEntry(this.#known(reference)), answers };
  }

  async settle(): Promise<number> {
    const captured = this.#options.orders.values().filter(({ state }) => state === 'C');
    await Promise.all(captured.map((order) => this.#change({ ...order, state: 'S' })));
    return captured.length;
  }

  settlementCsv(): string {
    const lines = this.#options.orders
      .values()
      .flatMap((order) =>
        order.movements
          .filter(({ kind, stat, amount }) => amount > 0 && (kind === 'C' || stat === 'C' || stat === 'V'))
          .map(
            ({ kind, stat, amount, at, transId }) =>
              `${order.oid};${transId};${kind === 'C' ? 'CREDIT' : stat === 'V' ? 'REVERSAL' : 'SALE'};${decimal(amount)};504;${at}`,
          ),
      );
    return ['OID;TRANSID;TYPE;AMOUNT;CURRENCY;DATE', ...lines, ''].join('\n');
  }

  clear(): Promise<void> {
    return this.#options.orders.clear();
  }

  /** `PostAuth`, also by the merchant's answer. Throws `DeskError` with the platform's number. */
  async capture(oid: string, amount: number): Promise<CmiOrder> {
    const order = this.#known(oid, '2008');
    if (order.state === 'C' || order.state === 'S') throw new DeskError('CORE-2507');
    if (order.state !== 'A') throw new DeskError('CORE-2115');
    if (amount > order.authorised) throw new DeskError('CORE-2512');
    if (order.voidOnCapture)
      return this.#change({
        ...order,
        state: 'V',
        movements: [...order.movements, this.#movement('S', 'V', 0, 0, '00', order.transId)],
      });
    return this.#change({
      ...order,
      state: 'C',
      captured: amount,
      movements: [...order.movements, this.#movement('S', 'C', amount, amount, '00', order.transId)],
    });
  }

  async void(oid: string): Promise<CmiOrder> {
    const order = this.#known(oid, '2008');
    if (order.state !== 'A' && order.state !== 'C') throw new DeskError('CORE-2511');
    const movement = this.#movement('S', 'V', order.captured, 0, '00', order.transId);
    // An authorisation given up moved no money, so the daily file knows nothing of it.
    const movements = order.state === 'C' ? [...order.movements, movement] : order.movements;
    return this.#change({ ...order, state: 'V', movements });
  }

  async credit(oid: string, amount: number): Promise<CmiOrder> {
    const order = this.#known(oid, '2008');
    if (order.state === 'C') throw new DeskError('CORE-2508');
    if (order.state !== 'S') throw new DeskError('CORE-2504');
    if (order.refunded + amount > order.captured) throw new DeskError('CORE-2503');
    const movement = this.#movement('C', 'C', amount, amount, '00', this.#newTransaction());
    return this.#change({
      ...order,
      refunded: order.refunded + amount,
      movements: [...order.movements, movement],
    });
  }

  /** What the browser takes back: where, and the signed fields. */
  returnForm(oid: string): { url: string; fields: Fields } {
    const order = this.#known(oid);
    const isApproved = order.state === 'A' || order.state === 'C' || order.state === 'S';
    const verdict = isApproved ? { code: '00', message: '' } : { code: '05', message: refusals['05'] ?? '' };
    return {
      url: requestValue(order, isApproved ? 'okUrl' : 'failUrl'),
      fields: resultFields(order, verdict, this.#options.merchant.storeKey, this.#options.now()),
    };
  }

  async #notify(order: CmiOrder, verdict: Verdict, fault: GatewayFault): Promise<DeskResult> {
    const { courier, merchant, now } = this.#options;
    const fields = resultFields(order, verdict, merchant.storeKey, now());
    const kind = verdict.code === '00' ? 'accepté' : `refusé ${verdict.code}`;
    const onAnswer = async (answer: Answer) => {
      if (verdict.code !== '00' || answer.status !== 200 || answer.body.trim() !== 'ACTION=POSTAUTH') return;
      const held = this.order(order.oid);
      // The same answer to a repeated callback captures nothing more.
      if (held?.state === 'A') await this.capture(order.oid, held.authorised);
    };
    const answers = await courier.deliver(callbackOf(order, kind, fields), fault, onAnswer);
    return { entry: ledgerEntry(this.#known(order.oid)), answers };
  }

  async #quietly(order: CmiOrder): Promise<DeskResult> {
    return { entry: ledgerEntry(await this.#change(order)), answers: [] };
  }

  #known(oid: string, code = ''): CmiOrder {
    const order = this.order(oid);
    if (!order) throw new DeskError(code === '' ? 'Commande inconnue.' : `CORE-${code}`, 404);
    return order;
  }

  #payable(oid: string): CmiOrder {
    const order = this.#known(oid);
    if (order.state !== 'open' && order.state !== 'D' && order.state !== 'PN')
      throw new DeskError('Cette page n’est plus ouverte.');
    if (order.expiresAt <= this.#options.now().toISOString()) throw new DeskError('Cette page a expiré.');
    return order;
  }

  #movement(kind: 'S' | 'C', stat: string, amount: number, captured: number, code: string, transId: string) {
    return { kind, stat, amount, captured, code, transId, at: this.#options.now().toISOString() };
  }

  #newTransaction(): string {
    return `26${digits(3)}SBX${digits(8)}`;
  }

  async #change(order: CmiOrder): Promise<CmiOrder> {
    const changed = { ...order, changedAt: this.#options.now().toISOString() };
    await this.#options.orders.put(changed);
    return changed;
  }
}
