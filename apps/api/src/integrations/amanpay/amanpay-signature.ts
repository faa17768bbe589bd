import { createHash, createHmac } from 'node:crypto';

/** The widget's `hmac`: HMAC-SHA1 of `merchant_id:order_id:amount:currency` in hexadecimal; the amount is in centimes. */
export const widgetHmac = (
  fields: { merchantId: string; orderId: string; amountCentimes: number; currency: string },
  secret: string,
): string =>
  createHmac('sha1', secret)
    .update(`${fields.merchantId}:${fields.orderId}:${fields.amountCentimes}:${fields.currency}`, 'utf8')
    .digest('hex');

/** The payment code's `checkSum`: MD5 as M2T computes it. The amount isn't covered, so the code's amount is believed only from an inquiry. */
export const codeChecksum = (
  fields: { requestDate: string; organismId: string; serviceId: string; orderId: string },
  secret: string,
): string =>
  createHash('md5')
    .update(`${fields.requestDate}${fields.organismId}${fields.serviceId}${fields.orderId}${secret}`, 'utf8')
    .digest('hex');
