import type { ContractCheck } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { readVerificationCode } from '../../verification-code.ts';
import { publicName } from '../invoices/public-name.ts';
import { contractState } from './contracts.presenter.ts';
import { findContractByCode } from './contracts.repository.ts';

/**
 * What is known of a contract, by the code printed on it, and whether it still holds. The name is the form's of today, a natural person's by its
 * initials. Throws `not_found`, alike for a code that can't be one and for one that nothing bears.
 */
export async function checkContract(
  { database }: Pick<Deps, 'database'>,
  typedCode: string,
): Promise<ContractCheck> {
  const code = readVerificationCode(typedCode);
  const found = code === undefined ? undefined : await findContractByCode(database, code);
  if (!found) throw notFound();
  const { contract, subscription, isLast, isHeld } = found;
  const state = isHeld ? 'in_force' : contractState(contract, subscription);
  const { company } = subscription.sections;
  return {
    number: contract.number,
    version: contract.version,
    state: isLast ? state : 'void',
    legalName: publicName({
      clientName: company?.legalName ?? '',
      clientIsPerson: company?.entityType === 'natural_person',
    }),
    ice: company?.ice ?? '',
    issuedAt: contract.issuedAt.toISOString(),
    sha256: contract.sha256,
  };
}
