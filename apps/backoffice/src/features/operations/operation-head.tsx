import { formatDateTime } from '@rnoce/i18n';
import type { CustomsRequestDossier } from '@rnoce/schemas/customs-requests';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';

/** Who asks for which operation, and since when. */
export function OperationHead({ dossier }: { dossier: CustomsRequestDossier }) {
  const t = useT();
  const { account, legalName } = dossier;
  const operation = t(`operations-desk:type.${dossier.type}`);
  return (
    <header className="backoffice-dossier-head">
      <div>
        <PageTitle title={`${operation} · ${legalName}`}>
          {operation} · <bdi>{legalName}</bdi>
        </PageTitle>
        <p className="backoffice-dossier-facts">
          <CopyableCode code={dossier.reference} />
          <span>{t(`reference:operator-type.${dossier.operatorType}`)}</span>
          <span>
            <abbr title={t('reference:company.ice')}>ICE</abbr>{' '}
            <bdi className="rnoce-code">{dossier.ice}</bdi>
          </span>
          {dossier.submittedAt === null ? null : (
            <span>
              {t('operations-desk:sent', { at: `\u2066${formatDateTime(dossier.submittedAt)}\u2069` })}
            </span>
          )}
        </p>
      </div>
      <dl className="backoffice-contact">
        <div>
          <dt>{t('backoffice:dossier.account')}</dt>
          <dd>
            <bdi>{account.legalName}</bdi>
            <a href={`mailto:${account.email}`} className="rnoce-code">
              {account.email}
            </a>
            <bdi className="rnoce-code">{account.phone}</bdi>
          </dd>
        </div>
      </dl>
    </header>
  );
}
