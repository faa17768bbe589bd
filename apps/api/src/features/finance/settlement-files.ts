import {
  casablancaDate,
  type listSettlementFiles as listRoute,
  type RouteAnswer,
  type RouteQuery,
  type SettlementReport,
  settlementDays,
} from '@rnoce/schemas';
import type { PaymentProvider } from '@rnoce/schemas/payment-states';
import { asc, count, desc, eq, gte } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { agents } from '../../db/schema/agents.ts';
import { paymentAnomalies, settlementFiles } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { findAnomalies } from './anomalies.repository.ts';
import { presentAnomaly, presentFile } from './finance.presenter.ts';

/** The report of one file: what it showed, and what became of each gap since. Throws `not_found`. */
export async function getSettlementReport(
  executor: Executor,
  id: string,
  repeated = false,
): Promise<SettlementReport> {
  const [found] = await executor
    .select({ file: settlementFiles, giverName: agents.name })
    .from(settlementFiles)
    .leftJoin(agents, eq(agents.id, settlementFiles.agentId))
    .where(eq(settlementFiles.id, id));
  if (!found) throw notFound();
  const anomalies = await findAnomalies(executor, eq(paymentAnomalies.fileId, id), [
    asc(paymentAnomalies.kind),
    asc(paymentAnomalies.subject),
  ]);
  return {
    ...presentFile(found.file, found.giverName),
    anomalies: anomalies.map(presentAnomaly),
    repeated,
  };
}

const dayMs = 86_400_000;

/** The days whose file should be there: the last ones, without today. */
export const expectedDays = (now: Date): string[] =>
  Array.from({ length: settlementDays }, (_, index) =>
    casablancaDate(new Date(now.getTime() - (index + 1) * dayMs)),
  );

/** The providers of this installation. */
export const configuredProviders = (gateways: Deps['gateways']): PaymentProvider[] =>
  (['cmi', 'fatourati', 'amanpay'] as const).filter((provider) => gateways[provider]);

/** Files of the last days that nobody gave. */
export async function listMissingFiles({
  database,
  gateways,
  now,
}: Pick<Deps, 'database' | 'gateways' | 'now'>): Promise<{ provider: PaymentProvider; day: string }[]> {
  const days = expectedDays(now());
  const given = await database
    .select({ provider: settlementFiles.provider, day: settlementFiles.day })
    .from(settlementFiles)
    .where(gte(settlementFiles.day, days.at(-1) ?? ''));
  const known = new Set(given.map(({ provider, day }) => `${provider} ${day}`));
  return days.flatMap((day) =>
    configuredProviders(gateways)
      .filter((provider) => !known.has(`${provider} ${day}`))
      .map((provider) => ({ provider, day })),
  );
}

/** A page of the files given, and those that are missing. */
export async function listSettlementFiles(
  deps: Pick<Deps, 'database' | 'gateways' | 'now'>,
  { page, pageSize }: RouteQuery<typeof listRoute>,
): Promise<RouteAnswer<typeof listRoute>> {
  const { database, gateways } = deps;
  const rows = await database
    .select({ file: settlementFiles, giverName: agents.name })
    .from(settlementFiles)
    .leftJoin(agents, eq(agents.id, settlementFiles.agentId))
    .orderBy(desc(settlementFiles.createdAt), desc(settlementFiles.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  const [found] = await database.select({ total: count() }).from(settlementFiles);
  return {
    items: rows.map(({ file, giverName }) => presentFile(file, giverName)),
    page,
    pageSize,
    total: found?.total ?? 0,
    providers: configuredProviders(gateways),
    missing: await listMissingFiles(deps),
  };
}
