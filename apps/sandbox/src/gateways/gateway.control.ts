import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import type { Courier } from './courier.ts';
import type { GatewayDesk } from './gateway-desk.ts';
import { type GatewayFault, SetGatewayModeBody, setGatewayMode } from './gateway-faults.ts';

export interface GatewaySide {
  /** In addresses: `cmi`, `fatourati`, `amanpay`. */
  name: string;
  desk: GatewayDesk;
  courier: Courier;
  faults: FaultSwitch<GatewayFault>;
}

const Params = z.object({ reference: z.string().max(80) });
const Details = z.record(z.string().max(40), z.string().max(200)).nullish();

/** The JSON control of one gateway, for tests; the same for all. */
export function gatewayControl(app: FastifyInstance, { name, desk, courier, faults }: GatewaySide): void {
  const base = `/api/${name}`;

  app.get(`${base}/orders`, async (request) => {
    const { state } = z.object({ state: z.string().optional() }).parse(request.query);
    const items = desk.ledger().filter((entry) => state === undefined || entry.state === state);
    const sum = (field: 'authorised' | 'captured' | 'refunded') =>
      items.reduce((total, entry) => total + entry[field], 0);
    return {
      items,
      totals: {
        count: items.length,
        authorised: sum('authorised'),
        captured: sum('captured'),
        refunded: sum('refunded'),
      },
    };
  });
  app.get(`${base}/orders/:reference`, async (request, reply) => {
    const entry = desk.find(Params.parse(request.params).reference);
    return entry ?? reply.code(404).send({ code: 'NOT_FOUND', message: 'No payment has that reference.' });
  });

  app.post(`${base}/orders/:reference/pay`, async (request) => {
    const { reference } = Params.parse(request.params);
    return desk.pay(reference, Details.parse(request.body) ?? {});
  });
  app.post(`${base}/orders/:reference/refuse`, async (request) => {
    const { reference } = Params.parse(request.params);
    return desk.refuse(reference, Details.parse(request.body)?.code);
  });
  for (const action of ['cancel', 'expire', 'reverse'] as const) {
    app.post(`${base}/orders/:reference/${action}`, async (request) =>
      desk[action](Params.parse(request.params).reference),
    );
  }
  app.post(`${base}/orders/:reference/forge`, async (request) => {
    const { reference } = Params.parse(request.params);
    const { variant } = z.strictObject({ variant: z.enum(Object.keys(desk.forgeries)) }).parse(request.body);
    return desk.forge(reference, variant);
  });

  app.post(`${base}/settle`, async () => ({ settled: await desk.settle() }));
  app.get(`${base}/settlement.csv`, async (_request, reply) =>
    reply.type('text/csv; charset=utf-8').send(desk.settlementCsv()),
  );

  app.get(`${base}/callbacks`, async (request) => {
    const { reference, limit } = z
      .object({
        reference: z.string().optional(),
        limit: z.coerce.number().int().min(1).max(20_000).default(200),
      })
      .parse(request.query);
    const found = courier.list(reference);
    return { items: found.slice(0, limit), total: found.length };
  });
  app.post(`${base}/callbacks/release`, async (request) => {
    const { order, reference } = z
      .strictObject({
        order: z.enum(['forward', 'reverse', 'shuffle']).default('forward'),
        reference: z.string().optional(),
      })
      .parse(request.body ?? {});
    return { answers: await courier.release(order, reference) };
  });

  app.get(`${base}/mode`, async () => ({ rules: faults.rules() }));
  app.put(`${base}/mode`, async (request) => {
    setGatewayMode(faults, SetGatewayModeBody.parse(request.body));
    return { rules: faults.rules() };
  });
}
