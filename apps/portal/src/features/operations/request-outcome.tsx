import { Button } from '@mantine/core';
import { formatDate, formatDateTime } from '@rnoce/i18n';
import { casablancaDate } from '@rnoce/schemas/casablanca-time';
import type { CustomsRequest } from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { customsAccountQuery } from '../../api/queries.ts';
import { isolated } from '../../form-sections/isolated.ts';
import { paths } from '../../paths.ts';
import { ReasonList } from '../../subscription-summary/reason-list.tsx';

/** Where a request that was sent is, why it was decided so, and what the operator can do now. */
export function RequestOutcome({
  request,
  nameOf,
}: {
  request: CustomsRequest;
  nameOf: (element: string) => string;
}) {
  const t = useT();
  const { type, status, submittedAt, dueAt, decidedAt, reasons, effect } = request;
  switch (status) {
    case 'draft':
      return null;
    case 'in_review':
      return (
        <>
          <p>
            {submittedAt === null
              ? null
              : t('operations:outcome.submitted', { at: isolated(formatDateTime(submittedAt)) })}{' '}
            {t(`operations:outcome.in-review.${type}`)}
          </p>
          {dueAt === null ? null : (
            <p>
              {t('operations:outcome.due', { on: isolated(formatDate(casablancaDate(new Date(dueAt)))) })}
            </p>
          )}
        </>
      );
    case 'accepted':
      return (
        <>
          <p>
            {decidedAt === null
              ? null
              : t('operations:outcome.accepted', { at: isolated(formatDateTime(decidedAt)) })}{' '}
            {effect ? t(`operations:effect.${effect.status}`) : null}
          </p>
          {reasons.length > 0 ? (
            <Notice tone="warning" title={t('operations:outcome.left-out')}>
              <ReasonList reasons={reasons} nameOf={nameOf} />
            </Notice>
          ) : null}
          <NextRequest type={type} />
        </>
      );
    case 'rejected':
      return (
        <>
          <Notice tone="danger" title={t('operations:reason')}>
            <ReasonList reasons={reasons} nameOf={nameOf} />
          </Notice>
          <NextRequest type={type} />
        </>
      );
  }
}

/** The way to ask again, when the account's state allows it. */
function NextRequest({ type }: { type: CustomsRequest['type'] }) {
  const t = useT();
  const { data } = useQuery(customsAccountQuery);
  const operation = data?.operations.find((one) => one.type === type);
  if (!operation || operation.refusal !== null) return null;
  return (
    <div className="wizard-actions rnoce-no-print">
      <Button
        component={Link}
        to={paths.operation(type)}
        leftSection={<IconPencil className="rnoce-icon" aria-hidden />}
      >
        {t(operation.draftId === null ? `operations:again.${type}` : 'operations:resume')}
      </Button>
    </div>
  );
}
