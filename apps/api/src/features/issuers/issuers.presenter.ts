import type { ManagedIssuer } from '@rnoce/schemas';
import type { IssuerParts } from './managed-issuers.repository.ts';

/** An issuer as administrators see it. */
export const presentManagedIssuer = ({
  issuer: { code, name, active, createdAt },
  unpaidInvoices,
  integrators,
}: IssuerParts): ManagedIssuer => ({
  code,
  name,
  active,
  createdAt: createdAt.toISOString(),
  unpaidInvoices,
  integrators,
});
