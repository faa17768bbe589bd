import { Button } from '@mantine/core';
import type { Integrator } from '@rnoce/schemas/integrators';
import type { WebhookEndpoint } from '@rnoce/schemas/webhooks';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { IconListDetails } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { endpointsQuery } from '../../api/integrator-queries.ts';
import { paths } from '../../paths.ts';
import { EndpointActs } from './endpoint-acts.tsx';
import { EndpointFacts } from './endpoint-facts.tsx';
import { EndpointBadge } from './words.tsx';

/** Where an integrator is told what happens; its programs declare the endpoints themselves. */
export function EndpointsSection({ integrator }: { integrator: Integrator }) {
  const t = useT();
  const query = useQuery(endpointsQuery(integrator.id));
  return (
    <section aria-labelledby="integrator-endpoints">
      <h2 id="integrator-endpoints">{t('integrators:endpoints.title')}</h2>
      <p className="rnoce-hint">{t('integrators:endpoints.detail')}</p>
      <QueryState query={query} lines={3}>
        {(endpoints) =>
          endpoints.length === 0 ? (
            <Notice tone="info" title={t('integrators:endpoints.empty')}>
              <p>{t('integrators:endpoints.empty-detail')}</p>
            </Notice>
          ) : (
            endpoints.map((endpoint) => <EndpointCard key={endpoint.id} endpoint={endpoint} />)
          )
        }
      </QueryState>
    </section>
  );
}

function EndpointCard({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useT();
  const { id, integratorId, url } = endpoint;
  return (
    <article className="record-card">
      <div className="record-card-head">
        <h3>
          <bdi className="rnoce-code integrators-url">{url}</bdi>
        </h3>
        <EndpointBadge endpoint={endpoint} />
      </div>
      <EndpointFacts endpoint={endpoint} />
      <EndpointActs endpoint={endpoint}>
        <Button
          component={Link}
          to={paths.endpoint(integratorId, id)}
          size="sm"
          aria-label={t('integrators:endpoint.journal-name', { url })}
          leftSection={<IconListDetails className="rnoce-icon" aria-hidden />}
        >
          {t('integrators:endpoint.journal')}
        </Button>
      </EndpointActs>
    </article>
  );
}
