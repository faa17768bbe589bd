import { ApiError } from '../../api/api-error.ts';
import { type InvoicePage, readChallenge, searchInvoices } from '../../api/payment-api.ts';
import { type Asked, queryOf } from './invoice-query.ts';

/** A look-up under way, or what came of it. */
export type LookUp =
  | { readonly state: 'waiting' }
  /** The browser works for the permission to search: many have searched in vain lately. */
  | { readonly state: 'proving' }
  | { readonly state: 'found'; readonly page: InvoicePage }
  /** No unpaid invoice for that: the code may be unknown, nobody is told. */
  | { readonly state: 'none' }
  /** Too many searches: none before `until`, in milliseconds since 1970, which is `waitMs` from when this was learned. */
  | { readonly state: 'limited'; readonly until: number; readonly waitMs: number }
  | { readonly state: 'failed'; readonly error: unknown };

/** How often a refused proof is made again: it may have grown old on a slow machine. */
const proofs = 2;

/**
 * Asks for a page of a code's invoices. When the API wants a proof of work, makes one and asks again. Never throws, except the caller's own abortion.
 *
 * @param tell hears of what takes time
 */
export async function lookUp(
  asked: Asked,
  { signal, tell, now = Date.now }: { signal: AbortSignal; tell: (step: LookUp) => void; now?: () => number },
): Promise<LookUp> {
  const query = queryOf(asked);
  try {
    let page: InvoicePage | undefined;
    let captcha: string | undefined;
    for (let proof = 0; page === undefined; proof++) {
      try {
        page = await searchInvoices(captcha === undefined ? query : { ...query, captcha }, signal);
      } catch (error) {
        if (!wantsProof(error) || proof === proofs) throw error;
        tell({ state: 'proving' });
        captcha = await prove(signal);
      }
    }
    return page.items.length === 0 && page.unfiltered === 0 ? { state: 'none' } : { state: 'found', page };
  } catch (error) {
    if (signal.aborted) throw error;
    return failureOf(error, now());
  }
}

const wantsProof = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'proof_of_work_missing' || error.code === 'captcha_failed');

async function prove(signal: AbortSignal): Promise<string> {
  // Most payers never need it.
  const [{ solve }, challenge] = await Promise.all([import('./proof-of-work.ts'), readChallenge(signal)]);
  return await solve(challenge, signal);
}

/** What a failure is for the screen. Without a time to wait, a minute is asked for. */
export function failureOf(error: unknown, now: number): LookUp {
  if (error instanceof ApiError && error.status === 429) {
    const waitMs = (error.retryAfter ?? 60) * 1000;
    return { state: 'limited', until: now + waitMs, waitMs };
  }
  return { state: 'failed', error };
}

/** What a page says of its code, filters aside. */
export type KnownCode = Pick<InvoicePage, 'issuers' | 'unfiltered' | 'pageSize'>;

/**
 * What a look-up is for somebody who has seen the code's invoices. A number that none of them has is a filter that finds nothing, though the API tells a
 * wrong pair no more than an unknown code.
 */
export const besideKnown = (outcome: LookUp, { number }: Asked, known: KnownCode | undefined): LookUp =>
  outcome.state === 'none' && number !== '' && known
    ? { state: 'found', page: { items: [], page: 1, total: 0, ...known } }
    : outcome;
