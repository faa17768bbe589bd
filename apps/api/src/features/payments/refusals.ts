import type { RefusalKind } from '@rnoce/schemas';

/** `ProcReturnCode` of CMI (reference/payment-gateways.md §1.3); what isn't listed is a technical trouble, as an absent code is. */
const kindOfCode: Readonly<Record<string, RefusalKind>> = {
  '1': 'declined',
  '05': 'declined',
  '51': 'insufficient_funds',
  '54': 'expired_card',
  '57': 'not_permitted',
  '62': 'not_permitted',
  '82': 'wrong_security_code',
  '91': 'bank_unavailable',
  FAILED: 'declined',
  CANCELLED: 'declined',
  EXPIRED: 'technical',
};

/** Why a payment was refused, in one of the few words that a payer understands. */
export function refusalKindOf({ code, text }: { readonly code: string; readonly text: string }): RefusalKind {
  if (/3-?D|authenticat/i.test(text)) return 'not_authenticated';
  return kindOfCode[code] ?? 'technical';
}
