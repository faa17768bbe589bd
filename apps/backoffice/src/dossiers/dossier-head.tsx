import type { OperatorType } from '@rnoce/schemas/operator-types';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import type { ReactNode } from 'react';

/** What the head of a dossier shows of it. */
interface Headed {
  readonly legalName: string;
  readonly ice: string;
  readonly operatorType: OperatorType;
  readonly account: { readonly legalName: string; readonly email: string; readonly phone: string };
}

/** Who a dossier is about and what was sent when; whom the decision is written to. */
export function DossierHead({
  dossier: { legalName, ice, operatorType, account },
  code,
  subject,
  sort,
  sent,
  children,
}: {
  dossier: Headed;
  /** What people call the dossier by. */
  code: string;
  /** What is asked, said before the name; absent: the registration. */
  subject?: string;
  /** A word on what sort of dossier it is, beside the operator's type. */
  sort?: string | undefined;
  sent: string | null;
  /** More lines beside the account. */
  children?: ReactNode;
}) {
  const t = useT();
  return (
    <header className="backoffice-dossier-head">
      <div>
        <PageTitle title={subject === undefined ? legalName : `${subject} · ${legalName}`}>
          {subject === undefined ? null : `${subject} · `}
          <bdi>{legalName}</bdi>
        </PageTitle>
        <p className="backoffice-dossier-facts">
          <CopyableCode code={code} />
          <span>{t(`reference:operator-type.${operatorType}`)}</span>
          {sort === undefined ? null : <span>{sort}</span>}
          <span>
            <abbr title={t('reference:company.ice')}>ICE</abbr> <bdi className="rnoce-code">{ice}</bdi>
          </span>
          {sent === null ? null : <span>{sent}</span>}
        </p>
      </div>
      <dl className="backoffice-contact">
        <div>
          <dt>{t('desk:dossier.account')}</dt>
          <dd>
            <bdi>{account.legalName}</bdi>
            <a href={`mailto:${account.email}`} className="rnoce-code">
              {account.email}
            </a>
            <bdi className="rnoce-code">{account.phone}</bdi>
          </dd>
        </div>
        {children}
      </dl>
    </header>
  );
}
