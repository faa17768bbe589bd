import { changeIssuer } from '@rnoce/api-client/issuers';
import { formatCount } from '@rnoce/i18n';
import type { ManagedIssuer } from '@rnoce/schemas/issuers';
import { useT } from '@rnoce/ui/i18n';
import { isolated } from '../../records/isolated.ts';
import { StandingActs } from '../../records/standing-acts.tsx';
import { client } from '../../session/session.ts';
import { ChangeIssuerDialog } from './change-issuer-dialog.tsx';

/** What can be done about an issuer. */
export function IssuerActs({ issuer }: { issuer: ManagedIssuer }) {
  const t = useT();
  const { code, name, active, unpaidInvoices } = issuer;
  return (
    <StandingActs
      active={active}
      words={{
        change: t('administration:issuer.change'),
        suspend: t('administration:issuer.suspend'),
        restore: t('administration:issuer.restore'),
        suspendTitle: t('administration:issuer.suspend-title', { name: isolated(name) }),
        suspended: t('administration:issuer.suspended'),
        restored: t('administration:issuer.restored'),
      }}
      renderDialog={(onClose) => <ChangeIssuerDialog issuer={issuer} onClose={onClose} />}
      setActive={(wanted) => changeIssuer(client, { params: { code }, body: { active: wanted } })}
    >
      <p>{t('administration:issuer.suspend-detail')}</p>
      <p>
        {unpaidInvoices === 0
          ? t('administration:issuer.suspend-payable')
          : t('administration:issuer.suspend-unpaid', {
              count: unpaidInvoices,
              total: formatCount(unpaidInvoices),
            })}
      </p>
    </StandingActs>
  );
}
