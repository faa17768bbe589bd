import type { Locale, PaymentOrderId } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import type { MailAttachment } from '../../integrations/mail/mailer.ts';
import { findReceipt } from './read-receipt.ts';

/** The receipt as the e-mail carries it, made when the e-mail leaves; undefined when the order no longer stands paid: then nobody is told that it does. */
export async function receiptAttachment(
  deps: Pick<Deps, 'database' | 'typesetter' | 'environment'>,
  orderId: string,
  locale: Locale,
): Promise<MailAttachment | undefined> {
  const receipt = await findReceipt(deps, orderId as PaymentOrderId, locale);
  return receipt && { fileName: receipt.name, mediaType: 'application/pdf', bytes: receipt.pdf };
}
