import type { FastifyInstance } from 'fastify';
import { notFound, ProblemError } from './problems.ts';

/** Deeper than any body or query of the contract: what goes further is made to exhaust the stack. */
const maxDepth = 32;

/** The characters that no column of PostgreSQL can hold: NUL, and halves of surrogate pairs. Nobody sees them, and pasted text has them. */
const clean = (text: string): string => text.toWellFormed().replaceAll('\0', '');

const isClean = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/**
 * What was sent, without the characters that can't be stored, in keys as in values: they would fail the statement long after the
 * validation. Returns the very same value when there is none, which is nearly always. Throws `malformed` for one nested without end.
 */
export function storable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return isClean(value) ? value : clean(value);
  // Bytes are no text yet: whoever reads them cleans what they read.
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  if (depth === maxDepth) throw new ProblemError('malformed');
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item) => storable(item, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries = Object.entries(value).map(([key, one]): [string, unknown, boolean] => {
    const kept = storable(one, depth + 1);
    return [clean(key), kept, kept !== one || !isClean(key)];
  });
  return entries.some(([, , changed]) => changed)
    ? Object.fromEntries(entries.map(([key, kept]) => [key, kept]))
    : value;
}

/** Makes every body and query storable before anything reads it; a name that can't be stored is a name of nothing. */
export function keepStorable(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    if (storable(request.params) !== request.params) throw notFound();
    request.body = storable(request.body);
    request.query = storable(request.query);
  });
}
