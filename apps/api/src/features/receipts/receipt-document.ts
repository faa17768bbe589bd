import { dir, formatAmount, formatDate, formatDateTime, type Locale } from '@rnoce/i18n';
import { translate } from '@rnoce/i18n/translate';
import { decimalOf } from '@rnoce/schemas/money';
import { paymentBase, receiptPath } from '@rnoce/schemas/payment-paths';
import { toString as drawQrCode } from 'qrcode';
import type { Environment } from '../../env.ts';
import type { TemplateData, Typesetter } from '../../integrations/typesetting/typesetter.ts';
import { publicName } from '../invoices/public-name.ts';
import { maskEmail } from '../subscriptions/registry.policy.ts';
import { orderNumberOf } from './order-number.ts';
import type { PaidOrder } from './receipts.repository.ts';

const template = new URL('./receipt.typ', import.meta.url);

/** What the QR code of a receipt opens. */
const receiptUrl = (publicUrl: string, code: string): string =>
  `${publicUrl}${paymentBase}${receiptPath(code)}`;

/**
 * What stands on a receipt, in words. Names of natural persons and the payer's e-mail are masked as on the order's page: whoever holds the order's
 * link, or found the invoices by their code and paid them, may get this file, and paying for somebody is no right to their name.
 */
async function receiptData(
  order: PaidOrder,
  locale: Locale,
  { PUBLIC_URL, ASSISTANCE_PHONE }: Pick<Environment, 'PUBLIC_URL' | 'ASSISTANCE_PHONE'>,
): Promise<TemplateData> {
  const t = (key: Parameters<typeof translate>[1]) => translate(locale, key);
  const names = [...new Set(order.lines.map(publicName))];
  const codes = [...new Set(order.lines.map(({ clientCode }) => clientCode))];
  const severalClients = names.length > 1 || codes.length > 1;
  const url = receiptUrl(PUBLIC_URL, order.receiptCode);
  const fact = (label: Parameters<typeof translate>[1], value: string | null, code = false) =>
    value === null ? [] : [{ label: t(label), value, code }];
  return {
    lang: locale,
    rtl: dir(locale) === 'rtl',
    number: order.receiptNumber,
    total: formatAmount(decimalOf(order.amountCentimes)),
    url,
    code: order.receiptCode,
    qr: await drawQrCode(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 }),
    footer: [
      t('emails:layout.product'),
      translate(locale, 'receipts:assistance', { phone: ASSISTANCE_PHONE.replaceAll(' ', '\u00a0') }),
    ],
    facts: [
      ...fact('receipts:number', order.receiptNumber, true),
      ...fact('receipts:paid-at', formatDateTime(order.paidAt), true),
      ...fact('receipts:issuer', order.issuer.name),
      ...fact('receipts:order', orderNumberOf(order), true),
      ...(severalClients
        ? []
        : [
            ...fact('receipts:client', names.join('')),
            ...fact('receipts:client-code', codes.join(''), true),
          ]),
      ...fact(
        'receipts:method',
        `${t(`reference:paymentMethod.${order.method}`)} — ${t(`reference:paymentChannel.${order.channel}`)}`,
      ),
      ...fact('receipts:transaction', order.transactionNumber, true),
      ...fact('receipts:payer-email', order.payerEmail === null ? null : maskEmail(order.payerEmail), true),
    ],
    invoices: order.lines.map((line) => ({
      number: line.number,
      client: severalClients ? `${publicName(line)} (${line.clientCode})` : null,
      issuedOn: formatDate(line.issuedOn),
      amount: formatAmount(decimalOf(line.amountCentimes)),
    })),
    words: {
      title: t('receipts:title'),
      subtitle: t('receipts:subtitle'),
      paid: t('receipts:paid'),
      invoices: t('receipts:invoices'),
      number: t('receipts:invoice-number'),
      client: t('receipts:client'),
      issued: t('receipts:issued'),
      amount: t('receipts:amount'),
      total: t('receipts:total'),
      check: t('receipts:check'),
      checkHow: t('receipts:check-how'),
      code: t('receipts:code'),
      qr: t('receipts:qr'),
    },
  };
}

/** The receipt of a paid order as a PDF; the same order gives the same bytes. */
export async function makeReceipt(
  { typesetter, environment }: { typesetter: Typesetter; environment: Parameters<typeof receiptData>[2] },
  order: PaidOrder,
  locale: Locale,
): Promise<Uint8Array> {
  return await typesetter.typeset(template, await receiptData(order, locale, environment), order.paidAt);
}
