import type { Executor } from '../../db/database.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { findIssuer, type IssuerRecord } from './issuers.repository.ts';

/** The issuer of this code, also one who publishes no more: what they published is still theirs to read. Throws `issuer_unknown`. */
export async function getIssuer(executor: Executor, code: string): Promise<IssuerRecord> {
  const issuer = await findIssuer(executor, code);
  if (!issuer) throw new ProblemError('issuer_unknown');
  return issuer;
}

/** The issuer of this code, who may publish. Throws `issuer_unknown`. */
export async function getActiveIssuer(executor: Executor, code: string): Promise<IssuerRecord> {
  const issuer = await getIssuer(executor, code);
  if (!issuer.active) throw new ProblemError('issuer_unknown');
  return issuer;
}
