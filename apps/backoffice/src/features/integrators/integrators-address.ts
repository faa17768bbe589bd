import { listIntegrators } from '@rnoce/schemas/integrators';
import { listWebhookDeliveries } from '@rnoce/schemas/webhooks';
import type { DeliveriesQuery, IntegratorsQuery } from '../../api/integrator-queries.ts';
import { readFilters } from '../../lists/filters.ts';
import { pageSize } from '../../lists/page-size.ts';

export const integratorsOf = (search: URLSearchParams): IntegratorsQuery =>
  readFilters(listIntegrators.query, search, ['kind', 'q', 'page'], { pageSize });

export const deliveriesOf = (search: URLSearchParams): DeliveriesQuery =>
  readFilters(listWebhookDeliveries.query, search, ['status', 'type'], { limit: pageSize });
