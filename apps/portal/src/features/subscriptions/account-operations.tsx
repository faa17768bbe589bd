import { Button } from '@mantine/core';
import { formatDateTime } from '@rnoce/i18n';
import type { AccountState } from '@rnoce/schemas/customs-account';
import {
  type CustomsAccount,
  type CustomsRequestRow,
  type customsRequestEffects,
  customsRequestStates,
} from '@rnoce/schemas/customs-requests';
import { QueryState } from '@rnoce/shell/query-state';
import { useAwake } from '@rnoce/shell/use-awake';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge, type Tone } from '@rnoce/ui/status-badge';
import { IconArrowBackUp, IconPencil, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { customsAccountQuery } from '../../api/queries.ts';
import { AccountControl } from '../../customs-account/account-control.tsx';
import { paths } from '../../paths.ts';
import { ReasonList } from '../../subscription-summary/reason-list.tsx';
import { askAgainEvery } from './accounts-state.ts';
import './account-operations.css';

type Operation = CustomsAccount['operations'][number];

const stateTones = {
  active: 'success',
  update_pending: 'info',
  cancellation_pending: 'warning',
  cancelled: 'danger',
  restoration_pending: 'info',
} as const satisfies Record<AccountState, Tone>;

/** What an agent must look at again is nothing that the operator can do anything about. */
const effectWords = {
  queued: 'reference:operation-effect.queued',
  applied: 'reference:operation-effect.applied',
  overtaken: 'operations:effect.checked',
  refused: 'operations:effect.checked',
} as const satisfies Record<keyof typeof customsRequestEffects, string>;

const icons = { update: IconPencil, cancellation: IconX, restoration: IconArrowBackUp } as const;

/** The customs account of a validated filing: its state, and the three operations with where the latest of each stands. */
export function AccountOperations({ level }: { level: 3 | 4 }) {
  const awake = useAwake();
  const query = useQuery({
    ...customsAccountQuery,
    refetchInterval: ({ state }) =>
      awake && state.data?.operations.some(({ latest }) => latest?.effect?.status === 'queued')
        ? askAgainEvery
        : false,
  });
  return (
    <QueryState query={query} lines={4}>
      {(account) => <Account account={account} level={level} />}
    </QueryState>
  );
}

function Account({ account, level }: { account: CustomsAccount; level: 3 | 4 }) {
  const t = useT();
  const { state, operations, filingId } = account;
  const Heading = `h${level}` as const;
  const id = `account-${filingId}`;
  return (
    <section className="account-operations" aria-labelledby={id}>
      <div className="account-operations-head">
        <Heading id={id}>{t('operations:account.title')}</Heading>
        <StatusBadge tone={stateTones[state]}>{t(`reference:account-state.${state}`)}</StatusBadge>
      </div>
      <AccountControl account={account} />
      <ul>
        {operations.map((operation) => (
          <li key={operation.type}>
            <OneOperation operation={operation} level={level} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneOperation({ operation, level }: { operation: Operation; level: 3 | 4 }) {
  const t = useT();
  const { type, refusal, draftId, latest } = operation;
  const Heading = `h${level === 3 ? 4 : 5}` as const;
  const Icon = icons[type];
  const titleId = `operation-${type}`;
  const reasonId = `operation-${type}-reason`;
  const icon = <Icon className="rnoce-icon" aria-hidden />;
  const label = t(`operations:button.${type}`);
  const color = type === 'cancellation' ? 'red' : 'teal';
  return (
    <article className="account-operation" aria-labelledby={titleId}>
      <div className="account-operation-told">
        <Heading id={titleId}>{t(`reference:operation-type.${type}`)}</Heading>
        {latest ? <Latest request={latest} /> : null}
        {draftId !== null && refusal === null ? (
          <p className="account-operation-begun">
            <IconPencil className="rnoce-icon" aria-hidden />
            <span>{t('operations:account.draft')}</span>
          </p>
        ) : null}
      </div>
      <div className="account-operation-way rnoce-no-print">
        {refusal === null ? (
          <Button
            component={Link}
            to={paths.operation(type)}
            variant="outline"
            color={color}
            fullWidth
            justify="start"
            leftSection={icon}
          >
            {label}
          </Button>
        ) : (
          <>
            <Button
              className="account-operation-closed"
              variant="outline"
              fullWidth
              justify="start"
              aria-disabled
              aria-describedby={reasonId}
              leftSection={icon}
            >
              {label}
            </Button>
            <p id={reasonId} className="account-operation-note">
              {t(
                refusal === 'control_not_proven'
                  ? 'operations:account.confirm-first'
                  : `reference:operation-refusal.${refusal}`,
              )}
            </p>
          </>
        )}
      </div>
    </article>
  );
}

/** « Statut : … », why it was rejected, what became of it at BADR. */
function Latest({ request }: { request: CustomsRequestRow }) {
  const t = useT();
  const { id, status, reasons, effect, submittedAt } = request;
  return (
    <div className="account-operation-latest">
      <p className="account-operation-status">
        {t('operations:account.status')}
        <StatusBadge tone={customsRequestStates[status].tone}>
          {t(`reference:operation-status.${status}`)}
        </StatusBadge>
        {status === 'accepted' && effect ? (
          <StatusBadge tone={effect.status === 'applied' ? 'success' : 'info'}>
            {t(effectWords[effect.status])}
          </StatusBadge>
        ) : null}
      </p>
      {reasons.length > 0 ? (
        <div>
          <p className="account-operation-reason">
            {t(status === 'rejected' ? 'operations:reason' : 'operations:outcome.left-out')}
          </p>
          <ReasonList reasons={reasons} />
        </div>
      ) : null}
      <p className="account-operation-status">
        <Link
          to={paths.customsRequest(id)}
          aria-label={t('operations:account.see-of', { type: t(`reference:operation-type.${request.type}`) })}
        >
          {t('operations:account.see')}
        </Link>
        {submittedAt === null ? null : (
          <bdi className="rnoce-hint rnoce-tabular">{formatDateTime(submittedAt)}</bdi>
        )}
      </p>
    </div>
  );
}
