// What it declares of requests and answers, for programs that don't build the whole API.
/// <reference types="@fastify/cookie" />
import jwt from '@fastify/jwt';
import type {
  AccountId,
  AgentId,
  AgentRole,
  ApiKeyId,
  Authority,
  IntegratorId,
  Locale,
  Route,
  Scope,
} from '@rnoce/schemas';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../db/database.ts';
import { accounts } from '../db/schema/accounts.ts';
import { agents } from '../db/schema/agents.ts';
import { sessions } from '../db/schema/sessions.ts';
import type { Deps } from '../deps.ts';
import { hasApiKey } from '../logged-url.ts';
import { createKeyring } from './api-keys.ts';
import { ProblemError } from './problems.ts';
import { createKeyBudget } from './rate-limit.ts';

export interface OperatorPrincipal {
  readonly kind: 'operator';
  readonly sessionId: string;
  readonly accountId: AccountId;
  readonly locale: Locale;
}
export interface AgentPrincipal {
  readonly kind: 'agent';
  readonly sessionId: string;
  readonly agentId: AgentId;
  readonly name: string;
  readonly authority: Authority;
  readonly role: AgentRole;
}
/** Programs of an issuer, an authority or an operator, known by a key. */
export interface IntegratorPrincipal {
  readonly kind: 'integrator';
  readonly integratorId: IntegratorId;
  readonly keyId: ApiKeyId;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Whose things it sees, and no others. */
  readonly of:
    | { readonly kind: 'issuer'; readonly issuerId: string }
    | { readonly kind: 'authority'; readonly authority: Authority }
    | { readonly kind: 'operator'; readonly accountId: AccountId };
}
export type Principal = OperatorPrincipal | AgentPrincipal | IntegratorPrincipal;
/** Those who sign in, in a browser. */
type SessionKind = 'operator' | 'agent';

/** Who calls, for the log and for what is kept by caller: an id, which tells a stranger nothing. An integrator is one by each of its keys. */
export function callerName(principal: Principal): string {
  if (principal.kind === 'operator') return `operator ${principal.accountId}`;
  return principal.kind === 'agent' ? `agent ${principal.agentId}` : `integrator ${principal.integratorId}`;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
  }
}
declare module '@fastify/jwt' {
  interface FastifyJWT {
    /** `agent_challenge`: an agent whose password, the one of this mark, was right and whose one-time code isn't given yet; it opens nothing. */
    payload: { sid: string; kind: SessionKind } | { sid: string; kind: 'agent_challenge'; mark: string };
    user: { sid: string; kind: SessionKind | 'agent_challenge' };
  }
}

/** By which of its sessions a browser that holds both calls a route that is open to both: `operator` or `agent`. */
const callerHeader = 'x-caller';

/** How long an access token is believed without a refresh, in seconds; the session's row is read at each request all the same. */
export const accessSeconds = 10 * 60;
/** One cookie a kind: an operator and an agent may be signed in in the same browser. */
export const accessCookies = { operator: 'rnoce_operator', agent: 'rnoce_agent' } as const;
export const refreshCookies = { operator: 'rnoce_operator_refresh', agent: 'rnoce_agent_refresh' } as const;
const accessPath = '/api';
const refreshPaths = { operator: '/api/v1/sessions', agent: '/api/v1/agent-sessions' } as const;

type Address = Pick<Deps['environment'], 'PUBLIC_URL'>;

/**
 * Behind https the names carry the prefix by which browsers take a cookie from this host alone: another host of the domain can't plant
 * the session of somebody else. It demands the path `/` (RFC 6265bis §4.1.3.2); without https, paths at least are narrow.
 */
const cookieOf = (name: string, path: string, { PUBLIC_URL }: Address) =>
  PUBLIC_URL.startsWith('https://')
    ? ({ name: `__Host-${name}`, path: '/', secure: true } as const)
    : { name, path, secure: false };
const accessCookieOf = (kind: SessionKind, address: Address) =>
  cookieOf(accessCookies[kind], accessPath, address);
const refreshCookieOf = (kind: SessionKind, address: Address) =>
  cookieOf(refreshCookies[kind], refreshPaths[kind], address);

const deviceCookieOf = (address: Address) => cookieOf('rnoce_device', refreshPaths.operator, address);
const deviceSeconds = 180 * 86_400;

/** What the browser kept of an earlier sign-in (`known-device.ts`). */
export const deviceTokenOf = (request: FastifyRequest, address: Address): string | undefined =>
  request.cookies[deviceCookieOf(address).name];

export function setDeviceCookie(reply: FastifyReply, address: Address, token: string): void {
  const { name, ...scope } = deviceCookieOf(address);
  reply.setCookie(name, token, { ...scope, httpOnly: true, sameSite: 'strict', maxAge: deviceSeconds });
}

/** The refresh token that the browser sent. */
export const refreshTokenOf = (
  request: FastifyRequest,
  kind: SessionKind,
  address: Address,
): string | undefined => request.cookies[refreshCookieOf(kind, address).name];

function prepareQueries(database: Database) {
  const live = and(
    eq(sessions.id, sql.placeholder('id')),
    isNull(sessions.endedAt),
    gt(sessions.expiresAt, sql.placeholder('now')),
    gt(sessions.endsAt, sql.placeholder('now')),
  );
  return {
    operator: database
      .select({ accountId: accounts.id, locale: accounts.locale })
      .from(sessions)
      .innerJoin(accounts, eq(accounts.id, sessions.accountId))
      .where(live)
      .prepare('principal_operator'),
    agent: database
      .select({
        agentId: agents.id,
        name: agents.name,
        authority: agents.authority,
        role: agents.role,
        passwordGiven: agents.passwordGiven,
      })
      .from(sessions)
      .innerJoin(agents, and(eq(agents.id, sessions.agentId), eq(agents.active, true)))
      .where(live)
      .prepare('principal_agent'),
  };
}

/** What stands behind `Authorization: Bearer`; undefined without the header, empty when nothing stands there. */
function bearerOf({ headers: { authorization } }: FastifyRequest): string | undefined {
  const [, presented] = /^bearer(?:\s+(.*))?$/is.exec(authorization?.trim() ?? '') ?? [];
  return presented ?? (/^bearer$/i.test(authorization?.trim() ?? '') ? '' : undefined);
}

/** Throws `forbidden` for a kind of integrator that the route isn't open to, `scope_missing` for a key without its scope. */
function requireOpen({ of, scopes }: IntegratorPrincipal, { integrator }: Route): void {
  if (!integrator?.kinds.includes(of.kind)) throw new ProblemError('forbidden');
  const { scope } = integrator;
  if (scope !== undefined && !scopes.includes(scope))
    throw new ProblemError('scope_missing', { params: { scope } });
}

/**
 * Knows who calls, and refuses who may not: one hook for every route, deny by default, opened by the route's `access`.
 * Unsafe methods from another site are refused even with a valid cookie. Who shows a key is an integrator and nobody else: no cookie counts
 * beside it, so that no other site can lend one.
 */
export async function authenticate(app: FastifyInstance, deps: Deps): Promise<void> {
  const { environment, database, now } = deps;
  const keyring = createKeyring(deps);
  const budget = createKeyBudget(deps);
  app.addHook('onClose', async () => {
    await keyring.close();
    await budget.close();
  });
  await app.register(jwt, {
    secret: environment.SESSION_SECRET,
    verify: { algorithms: ['HS256'] },
    sign: { expiresIn: `${String(accessSeconds)}s` },
  });
  app.decorateRequest('principal', null);
  const queries = prepareQueries(database);
  const ownOrigin = new URL(environment.PUBLIC_URL).origin;

  const tokenOf = (request: FastifyRequest, kind: SessionKind): string | undefined => {
    const token = request.cookies[accessCookieOf(kind, environment).name];
    if (token === undefined) return undefined;
    try {
      const payload = app.jwt.verify<{ sid: string; kind: string }>(token);
      return payload.kind === kind ? payload.sid : undefined;
    } catch {
      return undefined;
    }
  };

  const findPrincipal = async (
    request: FastifyRequest,
    kind: SessionKind,
    withGivenPassword: boolean,
  ): Promise<Principal | undefined> => {
    const sessionId = tokenOf(request, kind);
    if (sessionId === undefined) return undefined;
    const values = { id: sessionId, now: now() };
    if (kind === 'operator') {
      const [row] = await queries.operator.execute(values);
      return row && { kind, sessionId, accountId: row.accountId as AccountId, locale: row.locale };
    }
    const [row] = await queries.agent.execute(values);
    if (!row) return undefined;
    const { passwordGiven, ...agent } = row;
    // Whoever made the agent knows this password: it opens nothing but the way to another one (6.4.1).
    if (passwordGiven && !withGivenPassword) throw new ProblemError('password_to_choose');
    return { ...agent, kind, sessionId, agentId: row.agentId as AgentId };
  };

  /** From now on every line of this request says who asked (OWASP ASVS 5, 16.2.1). */
  const setPrincipal = (request: FastifyRequest, reply: FastifyReply, principal: Principal) => {
    request.principal = principal;
    const caller = callerName(principal);
    request.log = request.log.child(
      principal.kind === 'integrator' ? { caller, keyId: principal.keyId } : { caller },
    );
    reply.log = request.log;
  };

  app.addHook('onRequest', async (request, reply) => {
    if (hasApiKey(request.url)) throw new ProblemError('key_in_url');
    // As `serve.ts` declares it, which a program that doesn't build the whole API may not know.
    const { contract, page } = request.routeOptions.config as {
      readonly contract?: Route;
      readonly page?: true;
    };
    if (page || !contract) return;
    // A gateway's server, or the payer's browser sent by it: from another site by nature, without a session, judged by its signature.
    if (contract.access.includes('gateway')) return;
    const isForAnyone = contract.access.includes('anyone');
    const key = isForAnyone ? undefined : bearerOf(request);
    if (key !== undefined) {
      const integrator = await keyring.know(key, request.ip);
      setPrincipal(request, reply, integrator);
      // What takes no key at all is refused without counting: its documentation promises no 429.
      if (contract.integrator) await budget.spend(integrator.keyId, reply);
      requireOpen(integrator, contract);
      return;
    }
    if (isCrossSite(request, ownOrigin)) throw new ProblemError('cross_site');
    if (isForAnyone) return;
    const caller = request.headers[callerHeader];
    const isTold = contract.access.some((kind) => kind === caller);
    for (const kind of ['operator', 'agent'] as const) {
      if (!contract.access.includes(kind) || (isTold && kind !== caller)) continue;
      const principal = await findPrincipal(request, kind, contract.withGivenPassword === true);
      if (!principal) continue;
      setPrincipal(request, reply, principal);
      return;
    }
    throw new ProblemError('not_signed_in');
  });
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a browser says of where a request comes from. Clients that are no browser send neither header, and no cookie by themselves. */
function isCrossSite(request: FastifyRequest, ownOrigin: string): boolean {
  if (safeMethods.has(request.method)) return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = request.headers;
  return origin !== undefined && origin !== ownOrigin && origin !== `${request.protocol}://${request.host}`;
}

/** The operator who calls; the route's `access` has let nobody else in. */
export function operatorOf(request: FastifyRequest): OperatorPrincipal {
  if (request.principal?.kind !== 'operator') throw new ProblemError('not_signed_in');
  return request.principal;
}

/** The agent who calls; the route's `access` has let nobody else in. */
export function agentOf(request: FastifyRequest): AgentPrincipal {
  if (request.principal?.kind !== 'agent') throw new ProblemError('not_signed_in');
  return request.principal;
}

/** The integrator that calls; the route's `access` has let nobody else in. */
export function integratorOf(request: FastifyRequest): IntegratorPrincipal {
  if (request.principal?.kind !== 'integrator') throw new ProblemError('not_signed_in');
  return request.principal;
}

/** The account whose things are asked for: of the operator who calls, or of the one whose system does. */
export function accountOf({ principal }: FastifyRequest): AccountId {
  if (principal?.kind === 'operator') return principal.accountId;
  if (principal?.kind === 'integrator' && principal.of.kind === 'operator') return principal.of.accountId;
  throw new ProblemError('forbidden');
}

/** The issuer whose system calls. */
export function issuerIdOf(request: FastifyRequest): string {
  const { of } = integratorOf(request);
  if (of.kind !== 'issuer') throw new ProblemError('forbidden');
  return of.issuerId;
}

/** Gives the browser its access and refresh tokens, in cookies that scripts can't read and other sites don't send. */
export function setSessionCookies(
  app: FastifyInstance,
  reply: FastifyReply,
  address: Address,
  session: { kind: SessionKind; id: string; refreshToken: string; expiresAt: Date },
): void {
  const token = app.jwt.sign({ sid: session.id, kind: session.kind });
  for (const [{ name, ...scope }, value] of [
    [accessCookieOf(session.kind, address), token],
    [refreshCookieOf(session.kind, address), session.refreshToken],
  ] as const)
    reply.setCookie(name, value, {
      ...scope,
      httpOnly: true,
      sameSite: 'strict',
      expires: session.expiresAt,
    });
}

export function clearSessionCookies(reply: FastifyReply, kind: SessionKind, address: Address): void {
  for (const { name, ...scope } of [accessCookieOf(kind, address), refreshCookieOf(kind, address)])
    reply.clearCookie(name, scope);
}
