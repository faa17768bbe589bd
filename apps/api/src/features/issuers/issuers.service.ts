import type { Executor } from '../../db/database.ts';
import { notFound, ProblemError } from '../../plugins/problems.ts';
import { findIssuer, findIssuerById, type IssuerRecord } from './issuers.repository.ts';

/** The issuer of this code, also one who publishes no more: what they published is still theirs to read. Throws `issuer_unknown`. */
export async function getIssuer(executor: Executor, code: string): Promise<IssuerRecord> {
  const issuer = await findIssuer(executor, code);
  if (!issuer) throw new ProblemError('issuer_unknown');
  return issuer;
}

/** The issuer whose system calls. Throws `not_found` when it names another by `code`, whether there is one or not. */
export async function getOwnIssuer(
  executor: Executor,
  id: string,
  code: string | undefined,
): Promise<IssuerRecord> {
  const issuer = await findIssuerById(executor, id);
  if (!issuer || (code !== undefined && code !== issuer.code)) throw notFound();
  return issuer;
}

/** Throws `issuer_unknown` for an issuer who publishes no more. */
export function requireActive(issuer: IssuerRecord): IssuerRecord {
  if (!issuer.active) throw new ProblemError('issuer_unknown');
  return issuer;
}

/** The issuer of this code, who may publish. Throws `issuer_unknown`. */
export const getActiveIssuer = async (executor: Executor, code: string): Promise<IssuerRecord> =>
  requireActive(await getIssuer(executor, code));
