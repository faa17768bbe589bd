import { decimal } from '../gateways/centimes.ts';
import type { Notification } from '../gateways/courier.ts';
import { type Fields, ver3 } from './cmi-hash.ts';
import { type CmiOrder, requestValue } from './cmi-order.ts';

const transactionDate = (at: Date) => {
  const [date = '', time = ''] = at.toISOString().split('T');
  return `${date.replaceAll('-', '')} ${time.slice(0, 8)}`;
};

const signed = (fields: Fields, storeKey: string): Fields => [
  ...fields,
  ['encoding', 'UTF-8'],
  ['HASH', ver3(fields, storeKey)],
];

export interface Verdict {
  /** `00` approved; empty: the field is absent. */
  code: string;
  message: string;
}

/** The request's fields with the bank's, signed, for the callback and for the browser's return. */
export function resultFields(order: CmiOrder, verdict: Verdict, storeKey: string, now: Date): Fields {
  const isApproved = verdict.code === '00';
  const echoed: Fields = order.request.filter(
    ([name]) => !['hash', 'encoding', 'rnd', 'amount'].includes(name.toLowerCase()),
  );
  return signed(
    [
      ...echoed,
      ['amount', decimal(isApproved ? order.authorised : order.amount)],
      ['rnd', order.hostRefNum.slice(-6)],
      ['ReturnOid', order.oid],
      ['Response', isApproved ? 'Approved' : 'Declined'],
      ...(verdict.code === '' ? [] : ([['ProcReturnCode', verdict.code]] as const)),
      ['ErrMsg', verdict.message],
      ['AuthCode', isApproved ? order.authCode : ''],
      ['TransId', order.transId],
      ['HostRefNum', order.hostRefNum],
      ['mdStatus', order.mdStatus],
      ['MaskedPan', order.maskedPan],
      ['cardHolderName', 'PORTEUR D’ESSAI'],
      ['EXTRA.TRXDATE', transactionDate(now)],
      ['EXTRA.CARDBRAND', order.maskedPan.startsWith('4') ? 'VISA' : 'MASTERCARD'],
      ['clientIp', '127.0.0.1'],
      ['callbackCall', 'true'],
    ],
    storeKey,
  );
}

/** A form as CMI posts it, server to server. */
export const callbackOf = (order: CmiOrder, kind: string, fields: Fields): Notification => ({
  reference: order.oid,
  kind,
  url: requestValue(order, 'callbackUrl'),
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString(),
});

/** What a liar can send, with what each needs. */
export const cmiForgeries = {
  wrong_hash: 'accepté, avec un mauvais HASH',
  unsigned: 'accepté, sans HASH',
  renamed_fields: 'la demande signée du payeur, champs renommés (vecteur D) : le HASH est juste',
  changed_amount: 'accepté et bien signé, pour un autre montant',
  changed_currency: 'accepté et bien signé, dans une autre devise',
  changed_oid: 'accepté et bien signé, pour une autre commande',
  changed_client: 'accepté et bien signé, pour un autre marchand',
  other_store_key: 'accepté, signé avec la clé d’un autre environnement',
  repeated_field: 'accepté et bien signé, le montant deux fois',
  missing_code: 'bien signé, sans ProcReturnCode',
  missing_transaction: 'accepté et bien signé, sans TransId ni AuthCode',
} as const;
export type CmiForgery = keyof typeof cmiForgeries;

const replaced = (fields: Fields, name: string, value: string): Fields =>
  fields.map((field) => (field[0] === name ? ([name, value] as const) : field));
const without = (fields: Fields, ...names: string[]): Fields =>
  fields.filter(([name]) => !names.includes(name));

/** Vector D: the request signed with one more field, `tel=00`, then renamed in the same order into an approval. */
function renamedRequest(order: CmiOrder, storeKey: string): Fields {
  const request: Fields = [
    ...order.request.filter(([name]) => !['hash', 'encoding'].includes(name.toLowerCase())),
    ['tel', '00'],
  ];
  const hash = ver3(request, storeKey);
  const names: Record<string, string> = {
    refreshtime: 'p1',
    rnd: 'p2',
    sessiontimeout: 'p3',
    shopurl: 'p4',
    storetype: 'p5',
    tel: 'ProcReturnCode',
    TranType: 'TransId',
  };
  return [
    ...request.map(([name, value]) => [names[name] ?? name, value] as const),
    ['encoding', 'UTF-8'],
    ['HASH', hash],
  ];
}

/** The fields of one forgery about an order, as if it had been approved. */
export function forgedFields(order: CmiOrder, variant: CmiForgery, storeKey: string, now: Date): Fields {
  const approvedOrder: CmiOrder = {
    ...order,
    authorised: order.amount,
    transId: order.transId || '24001FORGED0001',
    authCode: order.authCode || '123456',
    hostRefNum: order.hostRefNum || '400100000001',
  };
  const approved = resultFields(approvedOrder, { code: '00', message: '' }, storeKey, now);
  const unsigned = without(approved, 'HASH', 'encoding');
  switch (variant) {
    case 'wrong_hash':
      return replaced(approved, 'HASH', ver3([['a', 'b']], storeKey));
    case 'unsigned':
      return unsigned;
    case 'renamed_fields':
      return renamedRequest(order, storeKey);
    case 'changed_amount':
      return signed(replaced(unsigned, 'amount', decimal(order.amount + 100)), storeKey);
    case 'changed_currency':
      return signed(replaced(unsigned, 'currency', '840'), storeKey);
    case 'changed_oid':
      return signed(
        replaced(replaced(unsigned, 'oid', `${order.oid}0`), 'ReturnOid', `${order.oid}0`),
        storeKey,
      );
    case 'changed_client':
      return signed(replaced(unsigned, 'clientid', '600000111'), storeKey);
    case 'other_store_key':
      return signed(unsigned, `${storeKey}-other`);
    case 'repeated_field':
      return signed([...unsigned, ['Amount', decimal(order.amount)]], storeKey);
    case 'missing_code':
      return signed(without(unsigned, 'ProcReturnCode'), storeKey);
    case 'missing_transaction':
      return signed(without(unsigned, 'TransId', 'AuthCode'), storeKey);
  }
}
