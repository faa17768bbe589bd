import { formatDate, formatDateTime, type MessageKey } from '@rnoce/i18n';
import { requestFieldsOf } from '@rnoce/schemas/customs-request-rules';
import { type CustomsRequestDossier, RequestDetails } from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import './operations.css';

const names = RequestDetails.keyof().options;

/** What the operation asks for, in the operator's own words, and who asks. */
export function OperationDetails({ dossier }: { dossier: CustomsRequestDossier }) {
  const t = useT();
  const { type, details } = dossier;
  const rules = requestFieldsOf(type);
  const given = names.filter((name) => name in rules && details[name]);
  const valueOf = (name: (typeof names)[number]): ReactNode => {
    const value = details[name] ?? '';
    if (name === 'ground') return t(`reference:operation-ground.${value}` as MessageKey);
    if (name === 'evidence') return t(`reference:operation-evidence.${value}` as MessageKey);
    if (name === 'tradeRegisterDate') return <bdi className="rnoce-code">{formatDate(value)}</bdi>;
    return <bdi className="operations-text">{value}</bdi>;
  };
  return (
    <section className="rnoce-card" aria-labelledby="details">
      <h2 id="details">{t('operations-desk:details.title')}</h2>
      <dl className="operations-facts">
        {given.map((name) => (
          <div key={name}>
            <dt>{t(`reference:operation.${name}`)}</dt>
            <dd>{valueOf(name)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('operations-desk:details.sent')}</dt>
          <dd>
            {dossier.submittedAt === null ? null : (
              <bdi className="rnoce-tabular">{formatDateTime(dossier.submittedAt)}</bdi>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('operations-desk:details.filing')}</dt>
          <dd>
            <Link to={paths.dossier(dossier.filingId)}>
              {dossier.attached
                ? t('operations-desk:details.attached')
                : t('operations-desk:details.validated')}
            </Link>
          </dd>
        </div>
      </dl>
      <Control dossier={dossier} />
    </section>
  );
}

/** How the account showed that it acts for the operator: what an agent must know before an account is closed. */
function Control({ dossier: { control } }: { dossier: CustomsRequestDossier }) {
  const t = useT();
  return (
    <Notice tone={control === 'none' ? 'warning' : 'success'} title={t('operations-desk:control.title')}>
      <p>{t(`operations-desk:control.${control}`)}</p>
    </Notice>
  );
}
