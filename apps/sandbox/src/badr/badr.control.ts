import { OperatorType } from '@rnoce/schemas/operator-types';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { setCompanyFault } from '../faults/company-fault.ts';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import { type BadrFault, SetBadrModeBody } from './badr-faults.ts';
import type { BadrStore } from './badr-store.ts';
import type { CallLog } from './call-log.ts';
import { CompanyChanges, CompanyOverrides } from './company.ts';

export interface BadrControlOptions {
  store: BadrStore;
  faults: FaultSwitch<BadrFault>;
  calls: CallLog;
}

const CompanyParams = z.object({ ice: z.string() });
const CompanyQuery = z.object({ operatorType: OperatorType.optional() });

/** Companies matching a search in their name, ICE, RC number or e-mail. */
export function searchCompanies(store: BadrStore, search: string) {
  const sought = search.trim().toLowerCase();
  return store
    .companies()
    .filter((company) =>
      [company.legalName, company.ice, company.rcNumber, company.email].some((text) =>
        text.toLowerCase().includes(sought),
      ),
    );
}

/** The JSON control of BADR, for tests: companies, mode, calls, registrations, operations. */
export function badrControl(app: FastifyInstance, { store, faults, calls }: BadrControlOptions): void {
  const notThere = { code: 'NOT_FOUND', message: 'No company has that ICE.' };

  app.get('/api/badr/companies', async (request) => {
    const { search, operatorType } = CompanyQuery.extend({ search: z.string().default('') }).parse(
      request.query,
    );
    const found = searchCompanies(store, search);
    return { items: operatorType ? found.filter((company) => company.operatorType === operatorType) : found };
  });

  app.post('/api/badr/companies', async (request, reply) => {
    const company = await store.add(CompanyOverrides.parse(request.body ?? {}));
    if (!company) {
      return reply
        .code(409)
        .send({ code: 'ALREADY_THERE', message: 'That ICE is already there for its operator type.' });
    }
    return reply.code(201).send(company);
  });

  app.get('/api/badr/companies/:ice', async (request, reply) => {
    const { ice } = CompanyParams.parse(request.params);
    const company = store.findByIce(ice, CompanyQuery.parse(request.query).operatorType);
    return company ?? reply.code(404).send(notThere);
  });

  app.patch('/api/badr/companies/:ice', async (request, reply) => {
    const { ice } = CompanyParams.parse(request.params);
    const { operatorType } = CompanyQuery.parse(request.query);
    const company = await store.change(ice, operatorType, CompanyChanges.parse(request.body));
    return company ?? reply.code(404).send(notThere);
  });

  app.delete('/api/badr/companies/:ice', async (request, reply) => {
    const { ice } = CompanyParams.parse(request.params);
    const removed = await store.remove(ice, CompanyQuery.parse(request.query).operatorType);
    return removed ? reply.code(204).send() : reply.code(404).send(notThere);
  });

  app.get('/api/badr/mode', async () => ({ rules: faults.rules() }));
  app.put('/api/badr/mode', async (request) => {
    setCompanyFault(faults, SetBadrModeBody.parse(request.body));
    return { rules: faults.rules() };
  });

  app.get('/api/badr/calls', async (request) => {
    const { ice } = z.object({ ice: z.string().optional() }).parse(request.query);
    return { items: calls.list(ice) };
  });
  app.delete('/api/badr/calls', async (_request, reply) => {
    calls.clear();
    return reply.code(204).send();
  });

  app.get('/api/badr/registrations', async (request) => {
    const { ice } = z.object({ ice: z.string().optional() }).parse(request.query);
    const received = store.registrations();
    return {
      items:
        ice === undefined ? received : received.filter((registration) => registration.record.ice === ice),
    };
  });

  app.get('/api/badr/operations', async (request) => {
    const { ice } = z.object({ ice: z.string().optional() }).parse(request.query);
    return { items: store.operations().filter((operation) => ice === undefined || operation.ice === ice) };
  });
}
