import { randomUUID } from 'node:crypto';
import type { TestApp } from '../app.ts';
import type { Caller, World } from '../world.ts';
import type { Operation } from './document.ts';

type Scheme = 'operatorSession' | 'agentSession' | 'integratorKey';
/** A thing that the parameters of a path name, with the callers whose it is, by security scheme. */
export interface Target {
  readonly params: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly callers: Partial<Readonly<Record<Scheme, readonly Caller[]>>>;
}

const schemes: readonly Scheme[] = ['operatorSession', 'agentSession', 'integratorKey'];
export const isScheme = (name: string): name is Scheme => schemes.some((one) => one === name);

/** The things that a path below `/api/v1` may be about: the first rule whose beginning is the path's. */
export function targetsOf(world: World, { path }: Pick<Operation, 'path'>): readonly Target[] {
  const { agents, keys, operators, money } = world;
  const anyOperator = Object.values(operators);
  const drafts = world.subscriptions.filter(({ owner }) => owner === operators.drafting);
  const deciders = [agents.customs, agents.portnet];
  const byMoney = { agentSession: [agents.finance, agents.administrator] };
  const holderKey = { integratorKey: [keys.operator] };
  const ofOrder = (id: string): Target => ({ params: { id }, callers: byMoney });
  const invoices = [
    { of: world.publisher, key: keys.issuer },
    { of: world.otherPublisher, key: keys.otherIssuer },
  ];
  const rules: readonly [string, () => readonly Target[]][] = [
    [
      '/subscriptions/{id}',
      () =>
        // Most can be done with the draft.
        [...world.subscriptions, ...drafts, ...drafts].map(({ id, owner }) => ({
          params: { id },
          callers: {
            operatorSession: [owner],
            ...(owner === operators.holder ? holderKey : {}),
          },
        })),
    ],
    ['/subscriptions', () => [{ params: {}, callers: { operatorSession: anyOperator, ...holderKey } }]],
    [
      '/filings/{id}',
      () =>
        [...world.filings, ...world.filings.slice(0, 2), ...world.filings.slice(0, 2)].map(
          ({ id, owner, authority }) => ({
            params: { id },
            callers: {
              operatorSession: [owner],
              agentSession: [agents[authority]],
              integratorKey: [keys[authority]],
            },
          }),
        ),
    ],
    [
      '/filings',
      () => [
        { params: {}, callers: { agentSession: deciders, integratorKey: [keys.customs, keys.portnet] } },
      ],
    ],
    [
      '/customs-requests/{id}',
      () =>
        (/decision|dossier|registry|effect/.test(path)
          ? [world.requests.sent]
          : [world.requests.draft, world.requests.draft, world.requests.sent]
        ).map(({ id, owner, key }) => ({
          params: { id },
          callers: {
            operatorSession: [owner],
            agentSession: [agents.customs],
            integratorKey: [keys.customs, key],
          },
        })),
    ],
    [
      '/customs-requests',
      () => [
        {
          params: {},
          callers: {
            operatorSession: [operators.holder, operators.asking],
            agentSession: [agents.customs],
            integratorKey: [keys.customs, keys.operator],
          },
        },
      ],
    ],
    [
      '/customs-account',
      () => [{ params: {}, callers: { operatorSession: [operators.holder, operators.asking] } }],
    ],
    [
      '/finance/orders/{id}',
      () => [money.due, money.paid, money.pending].map(({ order }) => ofOrder(order.id)),
    ],
    [
      '/finance/attempts/{id}',
      () => [money.due, money.paid, money.pending].map(({ attempt }) => ofOrder(attempt.id)),
    ],
    ['/finance/refunds/{id}', () => [ofOrder(money.refund.id)]],
    ['/finance/anomalies/{id}', () => [ofOrder(money.anomaly.id)]],
    ['/finance/settlement-files/{id}', () => [ofOrder(money.file.id)]],
    ['/finance', () => [{ params: {}, callers: byMoney }]],
    ['/issuers', () => [{ params: {}, callers: byMoney }]],
    [
      '/invoices',
      () =>
        invoices.flatMap(({ of, key }) =>
          of.invoices.map(({ number }) => ({
            params: { number },
            query: { issuer: of.issuer.code },
            callers: { ...byMoney, integratorKey: [key] },
          })),
        ),
    ],
    ['/payments', () => [{ params: {}, callers: { integratorKey: [keys.issuer, keys.otherIssuer] } }]],
    [
      '/payment-orders/{id}',
      () => [money.due, money.paid, money.pending].map(({ order }) => ofOrder(order.id)),
    ],
    ['/contracts/{code}', () => [{ params: { code: world.contractCode }, callers: {} }]],
    ['/receipts/{code}', () => [{ params: { code: String(money.paid.order.receiptCode) }, callers: {} }]],
    [
      '/account/api-keys/{id}',
      () => [{ params: { id: world.spareOperatorKeyId }, callers: { operatorSession: [operators.holder] } }],
    ],
    ['/account', () => [{ params: {}, callers: { operatorSession: anyOperator, ...holderKey } }]],
    [
      '/admin/agents/{id}',
      () => [
        { params: { id: world.managed.customs }, callers: { agentSession: [agents.administrator] } },
        { params: { id: world.managed.portnet }, callers: { agentSession: [agents.portnetAdministrator] } },
      ],
    ],
    [
      '/admin/integrators/{id}',
      () =>
        Object.values(keys).map(({ integratorId }) => ({
          params: { id: integratorId },
          callers: { agentSession: [agents.administrator, agents.portnetAdministrator] },
        })),
    ],
    [
      '/admin/api-keys/{id}',
      () => [{ params: { id: world.spareKeyId }, callers: { agentSession: [agents.administrator] } }],
    ],
    [
      '/admin/issuers/{code}',
      () => [
        {
          params: { code: world.otherPublisher.issuer.code },
          callers: { agentSession: [agents.administrator, agents.portnetAdministrator] },
        },
      ],
    ],
    [
      '/admin/history',
      () =>
        [
          { agentId: world.managed.customs },
          { issuer: world.publisher.issuer.code },
          { integratorId: keys.issuer.integratorId },
        ].map((query) => ({ params: {}, query, callers: { agentSession: [agents.administrator] } })),
    ],
    [
      '/webhook-endpoints/{id}',
      () =>
        (Object.keys(world.hooks) as (keyof World['hooks'])[]).map((name) => ({
          params: { id: world.hooks[name].id, deliveryId: world.hooks[name].deliveryId },
          callers: { agentSession: [agents.administrator], integratorKey: [keys[name]] },
        })),
    ],
    [
      '/webhook-endpoints',
      () =>
        [keys.issuer, keys.customs, keys.operator].map((key) => ({
          params: {},
          query: { integratorId: key.integratorId },
          callers: { agentSession: [agents.administrator], integratorKey: [key] },
        })),
    ],
    ['/admin', () => [{ params: {}, callers: { agentSession: [agents.administrator] } }]],
  ];
  const [, found] = rules.find(([beginning]) => path.startsWith(beginning)) ?? [];
  return (
    found?.() ?? [
      {
        params: {},
        callers: {
          operatorSession: anyOperator,
          agentSession: Object.values(agents),
          integratorKey: Object.values(keys),
        },
      },
    ]
  );
}

/** Everybody who may come with a scheme, whosever the thing is. */
export function everybody({ agents, keys, operators }: World, scheme: string): readonly Caller[] {
  if (scheme === 'operatorSession') return Object.values(operators);
  if (scheme === 'agentSession') return Object.values(agents);
  return Object.values(keys);
}

/** What bodies and queries may name, by the name of the field. */
export function namedValues(world: World): Readonly<Record<string, readonly string[]>> {
  const { publisher, otherPublisher, keys, managed, messageId, subscriptionCode } = world;
  return {
    issuer: [publisher.issuer.code, otherPublisher.issuer.code, 'PERSONNE'],
    subscriptionCode: [subscriptionCode, 'ZZZZ'],
    clientCode: [subscriptionCode, 'ZZZZ'],
    invoiceIds: [...publisher.invoices.map(({ id }) => id), randomUUID()],
    integratorId: Object.values(keys).map(({ integratorId }) => integratorId),
    token: [managed.token, managed.token.toUpperCase(), 'a'],
    upTo: [messageId, randomUUID()],
    password: ['Oued-tranquille-77', 'Bouregreg-42-quai', 'a'],
    url: ['https://erp.example/rnoce', 'https://[::1]/', 'http://127.0.0.1:1/', 'https://erp.example:0/'],
    since: ['2026-11-01T00:00:00Z'],
    cursor: ['0', '1', '18446744073709551615', '18446744073709551616', '99999999999999999999'].map((place) =>
      Buffer.from(`${place}.${randomUUID()}`).toString('base64url'),
    ),
    currentPassword: ['Oued-tranquille-77', 'a'],
  };
}

/** Where the version of what a path is about stands. */
const versionTables: readonly [string, string][] = [
  ['/subscriptions/{id}', 'subscriptions'],
  ['/filings/{id}', 'filings'],
  ['/customs-requests/{id}', 'customs_requests'],
  ['/finance/refunds/{id}', 'refunds'],
];

/** The `If-Match` that a write needs now. */
export async function currentVersion(
  { deps }: TestApp,
  { path }: Pick<Operation, 'path'>,
  id: string | undefined,
): Promise<string> {
  const [, table] = versionTables.find(([beginning]) => path.startsWith(beginning)) ?? [];
  if (table === undefined || id === undefined) return '"1"';
  const { rows } = await deps.database.$client.query<{ version: number }>(
    `select version from ${table} where id = $1`,
    [id],
  );
  return `"${String(rows[0]?.version ?? 1)}"`;
}
