import type { Authority, Reason } from '@rnoce/schemas';

/** The e-mails of the portal and what each needs (spec/registration.md, E-mails). A `path` is below the portal's public address. */
export interface EmailTemplateData {
  /** To an address that nobody confirmed yet: nothing that the form was filled in with, or anybody could write to anybody in our name. */
  account_creation: { path: string };
  password_reset: { legalName: string; path: string };
  password_changed: { legalName: string; at: string };
  registry_confirmation: { code: string; legalName: string };
  subscription_received: { legalName: string; code: string; authorities: Authority[] };
  filing_incomplete: {
    legalName: string;
    code: string;
    authority: Authority;
    reasons: Reason[];
    path: string;
  };
  filing_validated: { legalName: string; code: string; authority: Authority };
}
export type EmailTemplate = keyof EmailTemplateData;
