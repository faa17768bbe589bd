import { createHash } from 'node:crypto';
import { centimesOf } from '@rnoce/schemas/money';
import { isAttemptReference } from '../payment-gateway/attempt-checks.ts';
import { headerOf, maxCallbackBytes, readForm, recordOf } from '../payment-gateway/callback-body.ts';
import { maskCardNumbers } from '../payment-gateway/card-data.ts';
import { currencyOf, dirhamNumber } from '../payment-gateway/currency-codes.ts';
import type {
  CallbackAnswer,
  CallbackDecision,
  CallbackReading,
  FormField,
  RawCallback,
  UnverifiedReason,
} from '../payment-gateway/payment-gateway.ts';
import { type CmiOptions, storeType, tranType } from './cmi-settings.ts';
import { checkReceived } from './ver3-hash.ts';

type Settings = Pick<CmiOptions, 'clientId' | 'storeKey' | 'okUrl' | 'failUrl' | 'callbackUrl'>;
const approved = '00';
const identifier = /^[\w.-]{1,64}$/;

/** Values by name in lower case (CMI writes some names in several ways), undefined when a name stands there twice, in any case. */
function byName(fields: readonly FormField[]): Map<string, string> | undefined {
  const names = new Set(fields.map(([name]) => name.toLowerCase()));
  return names.size === fields.length
    ? new Map(fields.map(([name, value]) => [name.toLowerCase(), value]))
    : undefined;
}

/**
 * What is wrong with a rightly signed message. Since a payer can rename the fields of our own signed request, it must carry what we sent,
 * under the very names, and an approval also what only CMI adds.
 */
function faultOf(
  value: (name: string) => string | undefined,
  settings: Settings,
): UnverifiedReason | undefined {
  const echoed: [string, string][] = [
    ['clientid', settings.clientId],
    ['storetype', storeType],
    ['TranType', tranType],
    ['currency', dirhamNumber],
    ['okUrl', settings.okUrl],
    ['failUrl', settings.failUrl],
    ['hashAlgorithm', 'ver3'],
  ];
  if (echoed.some(([name]) => value(name) === undefined)) return 'missing_fields';
  if (echoed.some(([name, sent]) => value(name) !== sent)) return 'not_as_sent';
  // Absent in CMI's published callback, so it isn't demanded; a wrong one shows another request.
  const callbackUrl = value('callbackUrl');
  if (callbackUrl !== undefined && callbackUrl !== settings.callbackUrl) return 'not_as_sent';
  const returned = value('ReturnOid');
  if (returned !== undefined && returned !== value('oid')) return 'not_as_sent';
  if (!isAttemptReference(value('oid') ?? '') || centimesOf(value('amount') ?? '') === undefined)
    return 'missing_fields';
  const response = value('Response');
  if (value('ProcReturnCode') === approved) {
    if (response !== 'Approved') return response === undefined ? 'missing_fields' : 'not_as_sent';
    if (!identifier.test(value('TransId') ?? '') || !identifier.test(value('AuthCode') ?? ''))
      return 'missing_fields';
  } else if (response === 'Approved') return 'not_as_sent';
  return undefined;
}

/**
 * Tells a rightly hashed message from another. The hash covers neither `encoding`, nor the names, nor how and in what order fields are written:
 * whoever holds one message could send it in as many forms as they like, and each would be kept.
 */
const digestOf = (fields: readonly FormField[]): string => {
  const hash = fields.find(([name]) => name.toLowerCase() === 'hash')?.[1] ?? '';
  return createHash('sha256').update(`ver3 ${hash}`).digest('hex');
};

/** Reads a server-to-server callback. Never throws. */
export function readCmiCallback(raw: RawCallback, settings: Settings): CallbackReading {
  const received = recordOf(raw);
  const rejected = (reason: 'too_large' | 'unreadable' | 'missing_signature' | 'wrong_signature') =>
    ({ trust: 'rejected', reason, record: received }) as const;
  if (raw.body.length > maxCallbackBytes) return rejected('too_large');
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headerOf(raw, 'content-type') ?? '');
  const posted = isForm ? readForm(raw.body) : undefined;
  if (!posted) return rejected('unreadable');
  const { hash, fields } = checkReceived(posted, settings.storeKey);
  if (hash !== 'right') return rejected(hash === 'missing' ? 'missing_signature' : 'wrong_signature');

  const record = { ...received, sha256: digestOf(fields) };
  const values = byName(fields);
  const value = (name: string) => values?.get(name.toLowerCase());
  const oid = value('oid') ?? '';
  const reason = values ? faultOf(value, settings) : 'renamed_or_repeated_fields';
  const amountCentimes = centimesOf(value('amount') ?? '');
  if (reason !== undefined || amountCentimes === undefined) {
    const claim = isAttemptReference(oid) ? { attemptReference: oid } : {};
    return { trust: 'unverified', reason: reason ?? 'missing_fields', claim, record };
  }
  const code = value('ProcReturnCode');
  const transactionId = value('TransId') ?? '';
  return {
    trust: 'verified',
    record,
    message: {
      notice: 'payment',
      attemptReference: oid,
      outcome: code === approved ? 'authorised' : 'refused',
      amountCentimes,
      currency: currencyOf(value('currency') ?? ''),
      ...(identifier.test(transactionId) && { gatewayTransactionId: transactionId }),
      mustInquire: false,
      // An absent code is a failure.
      ...(code !== approved && {
        refusal: {
          code: (code ?? '').slice(0, 20),
          text: maskCardNumbers(value('ErrMsg') ?? '').slice(0, 500),
        },
      }),
    },
  };
}

/**
 * Our answer, the bare word that CMI reads: `ACTION=POSTAUTH` makes it capture, `APPROVED` only acknowledges, `FAILURE` says that something is wrong.
 * Only a verified authorisation can be captured. A refusal is acknowledged: the same payer may yet succeed.
 */
export function answerCmiCallback(reading: CallbackReading, decision: CallbackDecision): CallbackAnswer {
  const answer = (body: string) => ({ status: 200, contentType: 'text/plain; charset=utf-8', body });
  if (reading.trust !== 'verified' || decision === 'fault' || decision === 'later') return answer('FAILURE');
  return answer(
    decision === 'take' && reading.message.outcome === 'authorised' ? 'ACTION=POSTAUTH' : 'APPROVED',
  );
}

/**
 * The attempt that the browser comes back about, by its signed `oid`; none after a hash error, for a repeated GET, or when a name is repeated.
 * A payer can forge it with their own signed request, but only towards references that they were given.
 */
export function readCmiReturn(body: Buffer, settings: Settings): { attemptReference?: string } {
  const posted = readForm(body);
  if (!posted) return {};
  const { hash, fields } = checkReceived(posted, settings.storeKey);
  const values = hash === 'right' ? byName(fields) : undefined;
  const oid = values?.get('oid') ?? '';
  const ours = values?.get('clientid') === settings.clientId;
  return ours && isAttemptReference(oid) ? { attemptReference: oid } : {};
}
