import type { GatewayRefusalCode } from '../payment-gateway/gateway-errors.ts';

/** The platform's own error numbers, as public code knows them; CMI's list is part of its contract. */
const byNumber: Record<string, GatewayRefusalCode> = {
  '1004': 'wrong_signature',
  '1005': 'authentication_failed',
  '2507': 'already_paid',
  '2302': 'reference_in_use',
  '2016': 'in_progress',
  '2304': 'in_progress',
  '2503': 'above_captured',
  '2504': 'nothing_to_refund',
  '2508': 'not_settled_yet',
  '2514': 'too_old',
  '2513': 'too_old',
  '2505': 'above_authorised',
  '2512': 'above_authorised',
  '2115': 'no_authorisation',
  '2509': 'no_authorisation',
  '2120': 'cannot_void',
  '2511': 'cannot_void',
  '2008': 'not_found',
  '2116': 'not_found',
  '2123': 'not_found',
  '2105': 'wrong_currency',
  '2119': 'wrong_currency',
};

/** What an error of the platform means, from `ERRORCODE` or else the number at the head of `ErrMsg`. */
export function refusalOf(errorCode: string | undefined, message: string | undefined): GatewayRefusalCode {
  const ofCode = /(?:^|\D)(\d{4})$/.exec(errorCode ?? '')?.[1];
  const ofMessage = /\b(?:CORE|3D)-(\d{4})\b/.exec(message ?? '')?.[1];
  return byNumber[ofCode ?? ''] ?? byNumber[ofMessage ?? ''] ?? 'refused';
}
