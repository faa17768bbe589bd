import type { Answer } from './courier.ts';

/** What a gateway holds of one payment, in words that tests can compare with the merchant's books. Amounts in centimes. */
export interface LedgerEntry {
  reference: string;
  channel: string;
  /** `open`, `authorised`, `captured`, `settled`, `refused`, `cancelled`, `expired`, `voided`, `reversed`, `pending`, `refunded`. */
  state: string;
  /** What was asked. */
  amount: number;
  authorised: number;
  captured: number;
  refunded: number;
  currency: string;
  gatewayReference: string;
  transactionId: string;
  changedAt: string;
}

/** A tester's order that can't be carried out, with its reason in French. */
export class DeskError extends Error {
  readonly statusCode: number;

  constructor(message: string, statusCode = 409) {
    super(message);
    this.name = 'DeskError';
    this.statusCode = statusCode;
  }
}

/** What became of a tester's order: the payment as it stands, and what the merchant answered to the notifications sent at once. */
export interface DeskResult {
  entry: LedgerEntry;
  answers: Answer[];
}

/** What testers and the payer's page may do with a payment. Each throws `DeskError`. */
export interface GatewayDesk {
  readonly forgeries: Record<string, string>;
  ledger(): LedgerEntry[];
  find(reference: string): LedgerEntry | undefined;
  pay(reference: string, details?: Record<string, string>): Promise<DeskResult>;
  refuse(reference: string, code?: string): Promise<DeskResult>;
  cancel(reference: string): Promise<DeskResult>;
  expire(reference: string): Promise<DeskResult>;
  /** The money is taken back by the provider, days later. */
  reverse(reference: string): Promise<DeskResult>;
  /** What a liar would send about this payment; no money moves. */
  forge(reference: string, variant: string): Promise<DeskResult>;
  /** The provider's end of day: what is captured becomes settled. Returns how many. */
  settle(): Promise<number>;
  /** The daily file, in the format of docs/decisions/007. */
  settlementCsv(): string;
  clear(): Promise<void>;
}
