import * as contract from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { agentOf } from '../../plugins/principal.ts';
import { requireVersion, serve, tellVersion } from '../../plugins/serve.ts';
import { closeAnomaly, listAnomalies } from './anomalies.ts';
import { exportOrders } from './export-orders.ts';
import { requireFinance } from './finance.policy.ts';
import { getOrder } from './get-order.ts';
import { giveSettlementFile } from './give-settlement-file.ts';
import { inquireOrder } from './inquire-order.ts';
import { listOrders } from './list-orders.ts';
import { listRefunds } from './list-refunds.ts';
import { releaseRefund, takeRefund } from './own-refund.ts';
import { recordObservation } from './record-observation.ts';
import { recordRefund } from './record-refund.ts';
import { checkGatewayRefund, refundByGateway } from './refund-by-gateway.ts';
import { getSettlementReport, listSettlementFiles } from './settlement-files.ts';

/** The finance agents' side of payments. What they open, take out and decide is in the log, by whom (law 09-08: personal data are seen). */
export function financeRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps;

  serve(app, contract.listFinanceOrders, async ({ query, request }) => {
    requireFinance(agentOf(request));
    return await listOrders(database, query);
  });

  serve(app, contract.exportFinanceOrders, async ({ query, request, reply }) => {
    requireFinance(agentOf(request));
    const { locale, format: _, ...filters } = query;
    request.log.info({ audit: 'orders_export_begun', filters }, 'orders are exported');
    const file = exportOrders(database, filters, locale, (rows) =>
      request.log.info({ audit: 'orders_exported', filters, rows }, 'orders were exported'),
    );
    return await reply
      .type('text/csv; charset=utf-8')
      .header(
        'content-disposition',
        `attachment; filename="commandes-${contract.casablancaDate(deps.now())}.csv"`,
      )
      .send(file);
  });

  serve(app, contract.getFinanceOrder, async ({ params, request }) => {
    requireFinance(agentOf(request));
    const order = await getOrder(deps, params.id);
    request.log.info({ audit: 'order_opened', order: order.number }, 'an order was opened');
    return order;
  });

  serve(app, contract.inquireFinanceOrder, async ({ params, request }) =>
    inquireOrder(deps, requireFinance(agentOf(request)), params.id),
  );

  serve(app, contract.recordObservation, async ({ params, body, request }) =>
    recordObservation(deps, requireFinance(agentOf(request)), params.id, body),
  );

  serve(app, contract.listRefunds, async ({ query, request }) =>
    listRefunds(deps, requireFinance(agentOf(request)), query),
  );

  serve(app, contract.takeRefund, async ({ params, request, reply }) => {
    const agent = requireFinance(agentOf(request));
    const refund = await takeRefund(deps, agent, params.id, requireVersion(request));
    tellVersion(reply, refund.version);
    return refund;
  });

  serve(app, contract.releaseRefund, async ({ params, request, reply }) => {
    const agent = requireFinance(agentOf(request));
    const refund = await releaseRefund(deps, agent, params.id, requireVersion(request));
    tellVersion(reply, refund.version);
    return refund;
  });

  serve(app, contract.recordRefund, async ({ params, body, request, reply }) => {
    const agent = requireFinance(agentOf(request));
    const refund = await recordRefund(deps, agent, params.id, requireVersion(request), body);
    tellVersion(reply, refund.version);
    return refund;
  });

  serve(app, contract.refundByGateway, async ({ params, request, reply }) => {
    const agent = requireFinance(agentOf(request));
    const refund = await refundByGateway(deps, agent, params.id, requireVersion(request));
    tellVersion(reply, refund.version);
    return refund;
  });

  serve(app, contract.checkGatewayRefund, async ({ params, request }) =>
    checkGatewayRefund(deps, requireFinance(agentOf(request)), params.id),
  );

  serve(app, contract.giveSettlementFile, async ({ query, raw, request }) =>
    giveSettlementFile(deps, requireFinance(agentOf(request)), query, raw),
  );

  serve(app, contract.listSettlementFiles, async ({ query, request }) => {
    requireFinance(agentOf(request));
    return await listSettlementFiles(deps, query);
  });

  serve(app, contract.getSettlementFile, async ({ params, request }) => {
    requireFinance(agentOf(request));
    return await getSettlementReport(database, params.id);
  });

  serve(app, contract.listAnomalies, async ({ query, request }) => {
    requireFinance(agentOf(request));
    return await listAnomalies(database, query);
  });

  serve(app, contract.closeAnomaly, async ({ params, body, request }) =>
    closeAnomaly(deps, requireFinance(agentOf(request)), params.id, body.note),
  );
}
