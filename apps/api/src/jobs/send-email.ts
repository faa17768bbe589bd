import type { Deps } from '../deps.ts';
import { type AttachmentsOf, sendEmail as sendQueuedEmail } from '../features/emails/send-email.ts';
import { receiptAttachment } from '../features/receipts/receipt-attachment.ts';
import type { Mailer } from '../integrations/mail/mailer.ts';
import type { JobData } from './queue.ts';

/** Sends a queued e-mail, with the receipt that it announces. */
export function sendEmail(deps: Deps, mailer: Mailer, { emailId }: JobData['send-email']): Promise<void> {
  const attachmentsOf: AttachmentsOf = async ({ template, data, locale }) => {
    if (template !== 'payment_receipt' || !('orderId' in data)) return [];
    const receipt = await receiptAttachment(deps, data.orderId, locale);
    return receipt && [receipt];
  };
  return sendQueuedEmail(deps, mailer, emailId, attachmentsOf);
}
