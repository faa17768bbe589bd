import { Button } from '@mantine/core';
import type { Subscription } from '@rnoce/schemas/subscriptions';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { subscriptionQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';
import { mismatchSentence } from '../../subscription-summary/mismatch-sentence.ts';
import './subscriptions.css';

export const loader = ({ params }: { params: { id?: string } }) => warm(subscriptionQuery(params.id ?? ''));

/** How often the page looks for the late answer of customs, in milliseconds. */
const askAgainEvery = 10_000;

/** What customs said of the operator; then the form. */
export function Component() {
  const t = useT();
  const { id = '' } = useParams();
  const query = useQuery({
    ...subscriptionQuery(id),
    refetchInterval: ({ state }) => (state.data?.registry.status === 'unavailable' ? askAgainEvery : false),
  });
  return (
    <div className="rnoce-card">
      <PageTitle title={t('subscriptions:verification.title')} />
      <QueryState query={query}>{(subscription) => <Outcome subscription={subscription} />}</QueryState>
    </div>
  );
}

const tones = { registered: 'success', not_registered: 'info', unavailable: 'warning' } as const;

function Outcome({ subscription }: { subscription: Subscription }) {
  const t = useT();
  const { locale } = useLocale();
  const { id, code, registry } = subscription;
  return (
    <>
      <div className="portal-form-note">
        <Notice
          tone={tones[registry.status]}
          live="polite"
          title={t(`subscriptions:outcome.${registry.status}`)}
        >
          <p>{t(`subscriptions:outcome.${registry.status}-detail`)}</p>
          {registry.mismatch.length > 0 ? <p>{mismatchSentence(t, locale, registry.mismatch)}</p> : null}
        </Notice>
      </div>
      {registry.people === 'code_needed' ? <p>{t('subscriptions:outcome.people')}</p> : null}
      <p className="portal-code-line">
        {t('subscriptions:outcome.code')} <CopyableCode code={code} />
      </p>
      <p className="rnoce-hint">{t('subscriptions:outcome.resume')}</p>
      <Button
        component={Link}
        to={paths.step(id, 'company')}
        rightSection={<IconArrowRight className="rnoce-icon rnoce-mirror" aria-hidden />}
      >
        {t('subscriptions:outcome.continue')}
      </Button>
    </>
  );
}
