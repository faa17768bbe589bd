import type { DecisionBody } from '@rnoce/schemas';
import type { EmailTemplateData } from '../emails/emails.templates.ts';
import type { FilingOf } from './filings.repository.ts';

type DecisionEmail = {
  [Template in 'filing_validated' | 'filing_incomplete']: {
    template: Template;
    data: EmailTemplateData[Template];
  };
}['filing_validated' | 'filing_incomplete'];

/** The e-mail that tells a decision to the operator. A preview knows no subscription code yet. */
export function decisionEmail(
  { filing, code, account }: Pick<FilingOf, 'filing' | 'code' | 'account'>,
  { outcome, reasons }: DecisionBody,
  subscriptionCode: string | null = null,
): DecisionEmail {
  const told = { legalName: account.legalName, code, authority: filing.authority };
  if (outcome === 'validated') {
    const granted = filing.authority === 'portnet' ? { subscriptionCode } : {};
    return { template: 'filing_validated', data: { ...told, ...granted } };
  }
  const path = `/espace-prive/demandes/${filing.subscriptionId}`;
  return { template: 'filing_incomplete', data: { ...told, reasons, path } };
}
