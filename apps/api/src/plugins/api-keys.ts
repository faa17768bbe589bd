import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  type AccountId,
  type ApiKeyId,
  type Authority,
  casablancaDate,
  type IntegratorId,
  type IntegratorKind,
} from '@rnoce/schemas';
import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import ipaddr from 'ipaddr.js';
import { apiKeys, integrators } from '../db/schema/integrators.ts';
import type { Deps } from '../deps.ts';
import type { IntegratorPrincipal } from './principal.ts';
import { ProblemError } from './problems.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** The largest multiple of 62 in a byte: what is beyond is drawn again, or some characters would come more often. */
const fairBytes = 248;
const prefixLength = 12;
const secretLength = 40;
const form = /^rnoce_([0-9A-Za-z]{12})_[0-9A-Za-z]{40}$/;
/** How often the last use is written, in milliseconds. */
const useNotedMs = 60_000;

function draw(length: number): string {
  let drawn = '';
  while (drawn.length < length) {
    for (const byte of randomBytes(length - drawn.length))
      if (byte < fairBytes) drawn += alphabet.charAt(byte % alphabet.length);
  }
  return drawn;
}

/** What is kept of a key: SHA-256 of the whole in base64url. */
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('base64url');

/** What a key shows of itself, in lists and logs. */
export const hintOfKey = (prefix: string): string => `rnoce_${prefix}…`;

/** The public part of a key; undefined for what has not the form of one. */
export const prefixOfKey = (key: string): string | undefined => form.exec(key)?.[1];

/** Draws a key: `rnoce_`, 12 characters by which it is found and 40 secret ones (238 bits), of base62. Shown once, stored by its hash. */
export function drawKey(): { key: string; prefix: string; hash: string } {
  const prefix = draw(prefixLength);
  const key = `rnoce_${prefix}_${draw(secretLength)}`;
  return { key, prefix, hash: hashOfKey(key) };
}

/** Of no key: an unknown one costs the same comparison. */
const hashOfNone = hashOfKey('');

/** A network as ipaddr.js compares it; IPv4 written in IPv6 (`::ffff:196.200.131.0/120`) is IPv4. */
function networkOf(allowed: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const [address, bits] = allowed.includes('/')
    ? ipaddr.parseCIDR(allowed)
    : ([ipaddr.parse(allowed), undefined] as const);
  const most = address.kind() === 'ipv4' ? 32 : 128;
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && (bits ?? most) >= 96)
    return [address.toIPv4Address(), (bits ?? most) - 96];
  return [address, bits ?? most];
}

/** Whether a key works from this address. An empty list allows all of them; what can't be read allows none. */
export function isAllowedAddress(address: string, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const caller = ipaddr.process(address);
  return allowed.some((one) => {
    try {
      const [network, bits] = networkOf(one);
      return caller.kind() === network.kind() && caller.match(network, bits);
    } catch {
      return false;
    }
  });
}

/** As people write it: a socket of both families calls IPv4 by a longer name. */
const plainAddress = (address: string): string =>
  ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;

interface Holder {
  readonly kind: IntegratorKind;
  readonly issuerId: string | null;
  readonly authority: Authority | null;
  readonly accountId: string | null;
}

/** The one of the three that the kind names: a constraint of the table sees to it. */
function ownerOf({ kind, issuerId, authority, accountId }: Holder): IntegratorPrincipal['of'] {
  if (kind === 'issuer' && issuerId !== null) return { kind, issuerId };
  if (kind === 'authority' && authority !== null) return { kind, authority };
  if (kind === 'operator' && accountId !== null) return { kind, accountId: accountId as AccountId };
  throw new Error(`an integrator of kind ${kind} is nobody's`);
}

/** Knows keys. Each row is read at each request, so that a revoked key is refused at once by every process. */
export function createKeyring({ database, now, log }: Deps) {
  const byPrefix = database
    .select({
      id: apiKeys.id,
      hash: apiKeys.hash,
      scopes: apiKeys.scopes,
      allowedAddresses: apiKeys.allowedAddresses,
      expiresOn: apiKeys.expiresOn,
      revokedAt: apiKeys.revokedAt,
      lastUsedAt: apiKeys.lastUsedAt,
      integratorId: integrators.id,
      name: integrators.name,
      active: integrators.active,
      kind: integrators.kind,
      issuerId: integrators.issuerId,
      authority: integrators.authority,
      accountId: integrators.accountId,
    })
    .from(apiKeys)
    .innerJoin(integrators, eq(integrators.id, apiKeys.integratorId))
    .where(eq(apiKeys.prefix, sql.placeholder('prefix')))
    .prepare('principal_integrator');
  const writing = new Set<Promise<void>>();

  const writeUse = async (id: string, address: string, at: Date): Promise<void> => {
    const before = new Date(at.getTime() - useNotedMs);
    try {
      await database
        .update(apiKeys)
        .set({ lastUsedAt: at, lastUsedFrom: address })
        .where(and(eq(apiKeys.id, id), or(isNull(apiKeys.lastUsedAt), lte(apiKeys.lastUsedAt, before))));
    } catch (error) {
      log.warn({ err: error, keyId: id }, "a key's last use was not written");
    }
  };

  /** Never in the way of the answer: it goes on beside the request, and is waited for at the end of the process alone. */
  const noteUse = (id: string, lastUsedAt: Date | null, address: string): void => {
    const at = now();
    if (lastUsedAt && at.getTime() - lastUsedAt.getTime() < useNotedMs) return;
    const written = writeUse(id, address, at).finally(() => writing.delete(written));
    writing.add(written);
  };

  return {
    /**
     * Whose key this is. Throws `key_refused` for one that is malformed, unknown, revoked or of a suspended integrator, by the same work in
     * each case; `key_expired` past its last day in Casablanca; `address_not_allowed` from elsewhere than it may be used.
     */
    know: async (presented: string, address: string): Promise<IntegratorPrincipal> => {
      const [row] = await byPrefix.execute({ prefix: prefixOfKey(presented) ?? '' });
      const isTheKey = timingSafeEqual(
        Buffer.from(hashOfKey(presented)),
        Buffer.from(row?.hash ?? hashOfNone),
      );
      if (!row || !isTheKey || row.revokedAt !== null || !row.active) throw new ProblemError('key_refused');
      if (row.expiresOn < casablancaDate(now())) throw new ProblemError('key_expired');
      if (!isAllowedAddress(address, row.allowedAddresses))
        throw new ProblemError('address_not_allowed', { params: { address: plainAddress(address) } });
      noteUse(row.id, row.lastUsedAt, plainAddress(address));
      return {
        kind: 'integrator',
        integratorId: row.integratorId as IntegratorId,
        keyId: row.id as ApiKeyId,
        name: row.name,
        scopes: row.scopes,
        of: ownerOf(row),
      };
    },
    close: async (): Promise<void> => {
      await Promise.all(writing);
    },
  };
}
