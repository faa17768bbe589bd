import type { InvoiceLine } from '@rnoce/schemas';
import { centimesOf } from '@rnoce/schemas/money';
import { isPersonName } from '@rnoce/schemas/person-name';
import type { InvoiceRecord } from './invoices.repository.ts';

/** What an issuer decides of an invoice. */
export type PublishedInvoice = Pick<
  InvoiceRecord,
  | 'number'
  | 'clientCode'
  | 'clientName'
  | 'clientIsPerson'
  | 'issuedOn'
  | 'dueOn'
  | 'amountCentimes'
  | 'methods'
>;

/** A validated line as it is kept. */
export function readLine(line: InvoiceLine): PublishedInvoice {
  const amountCentimes = centimesOf(line.amount);
  if (amountCentimes === undefined) throw new Error('an amount was validated and is none');
  return {
    number: line.number,
    clientCode: line.clientCode,
    clientName: line.clientName,
    clientIsPerson: line.clientKind ? line.clientKind === 'person' : isPersonName(line.clientName),
    issuedOn: line.issuedOn,
    dueOn: line.dueOn,
    amountCentimes,
    methods: line.methods.toSorted(),
  };
}

const isSame = (kept: PublishedInvoice, given: PublishedInvoice): boolean =>
  kept.number === given.number &&
  kept.clientCode === given.clientCode &&
  kept.clientName === given.clientName &&
  kept.clientIsPerson === given.clientIsPerson &&
  kept.issuedOn === given.issuedOn &&
  kept.dueOn === given.dueOn &&
  kept.amountCentimes === given.amountCentimes &&
  kept.methods.toSorted().join() === given.methods.join();

/** What publishing a number again does to the invoice that has it; a cancelled one is open again, a paid one never changes. */
const republication = {
  unpaid: { same: 'unchanged', other: 'changed' },
  cancelled: { same: 'changed', other: 'changed' },
  paid: { same: 'unchanged', other: 'refused' },
} as const satisfies Record<InvoiceRecord['status'], object>;
export type Publication = 'created' | 'unchanged' | 'changed' | 'refused';

export const judgePublication = (
  kept: (PublishedInvoice & Pick<InvoiceRecord, 'status'>) | undefined,
  given: PublishedInvoice,
): Publication => (kept ? republication[kept.status][isSame(kept, given) ? 'same' : 'other'] : 'created');
