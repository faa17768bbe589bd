import { endAgentSession, getAgentSession, refreshAgentSession } from '@rnoce/api-client/agents';
import { ApiError } from '@rnoce/api-client/api-error';
import { createClient } from '@rnoce/api-client/call';
import type { AgentSession } from '@rnoce/schemas/agents';
import { paths } from '../paths.ts';
import { clockedFetch } from './session-clock.ts';
import { sessionState, setSessionState } from './session-store.ts';

const connection = {
  baseUrl: '/api/v1',
  locale: () => document.documentElement.lang,
  fetch: clockedFetch,
} as const;

/** Renews the session itself, so it never asks for a renewal. */
const bareClient = createClient(connection);

/** The client of every screen: a call that meets the end of the session waits for the renewal, or for the person to sign in again. */
export const client = createClient({ ...connection, renewSession: recoverSession });

type Word =
  | { readonly kind: 'active'; readonly session: AgentSession }
  | { readonly kind: 'expired' | 'ended' };
const channel = new BroadcastChannel('rnoce-agent-session');
function say(word: Word): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches this origin alone
  channel.postMessage(word);
}

/** Calls that wait for the person to sign in again. */
let waiting: ((signedIn: boolean) => void)[] = [];
function release(signedIn: boolean): void {
  const released = waiting;
  waiting = [];
  for (const resolve of released) resolve(signedIn);
}

/** Last renewal that this page knows of, by its own clock, in milliseconds. After a reload none is known. */
let renewedAt = 0;
export const millisecondsSinceRenewal = (): number => Date.now() - renewedAt;

function accept(session: AgentSession): void {
  setSessionState({ kind: 'active', session });
  release(true);
}

/** The agent has signed in here, for the first time or again, or the session was prolonged; the other tabs are told. */
export function beginSession(session: AgentSession): void {
  renewedAt = Date.now();
  accept(session);
  say({ kind: 'active', session });
}

/** The session is over by itself: the page stays, and asks to sign in again in place. */
export function expireSession(): void {
  const state = sessionState();
  if (state.kind !== 'active') return;
  setSessionState({ kind: 'expired', session: state.session });
  say({ kind: 'expired' });
}

const isRefusal = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

let renewal: Promise<boolean> | undefined;

/** Prolongs the session. False: it is over. Throws `ApiError` when the server couldn't be asked. */
export function renewSession(): Promise<boolean> {
  renewal ??= refreshAgentSession(bareClient, {})
    .then(({ data }) => {
      beginSession(data);
      return true;
    })
    .catch((error: unknown) => {
      if (isRefusal(error)) return false;
      throw error;
    })
    .finally(() => {
      renewal = undefined;
    });
  return renewal;
}

async function recoverSession(): Promise<boolean> {
  if (await renewSession()) return true;
  if (sessionState().kind === 'active') expireSession();
  if (sessionState().kind !== 'expired') return false;
  return await new Promise<boolean>((resolve) => waiting.push(resolve));
}

/** An access token is believed for 10 minutes: one older than this, in milliseconds, may run out on the way. */
const freshTime = 8 * 60_000;

/** Makes sure that what doesn't go through the client, the PDF viewer's own requests, meets a session that holds. */
export async function freshenSession(): Promise<void> {
  if (millisecondsSinceRenewal() > freshTime) await recoverSession();
}

/** Takes up the session that this browser may hold, after a reload say. False: there is none. */
export async function resumeSession(): Promise<boolean> {
  try {
    accept((await getAgentSession(client, {})).data);
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    setSessionState({ kind: 'anonymous' });
    return false;
  }
}

/** Loads the page anew: nothing of the agent's work stays in memory. */
export function leaveTo(path: string): void {
  window.location.assign(`${import.meta.env.BASE_URL.replace(/\/$/, '')}${path}`);
}

/** Forgets the session in this page and what was typed in it. */
function forget(): void {
  setSessionState({ kind: 'anonymous' });
  release(false);
  try {
    window.sessionStorage.clear();
  } catch {
    // Storage forbidden: then nothing was kept.
  }
}

/** « Se déconnecter », here and in the other tabs. Throws `ApiError` when the server couldn't be told. */
export async function endSession(): Promise<void> {
  try {
    await endAgentSession(bareClient, {});
  } catch (error) {
    // An access token that has just run out must not leave the session alive on the server.
    if (!isRefusal(error)) throw error;
    if (await renewSession()) await endAgentSession(bareClient, {});
  }
  forget();
  say({ kind: 'ended' });
}

/** Gives up an expired session instead of signing in again. */
export function abandonSession(): void {
  forget();
}

channel.addEventListener('message', ({ data }: MessageEvent<Word>) => {
  const state = sessionState();
  const mine = state.kind === 'active' || state.kind === 'expired' ? state.session.agent.id : undefined;
  if (data.kind === 'active') {
    // Another agent has signed in: what this page shows is no longer this browser's.
    if (mine !== undefined && mine !== data.session.agent.id) leaveTo('/');
    else if (mine !== undefined) {
      renewedAt = Date.now();
      accept(data.session);
    } else if (state.kind === 'anonymous') setSessionState({ kind: 'unknown' });
    return;
  }
  if (mine === undefined) return;
  if (data.kind === 'expired') {
    if (state.kind === 'active') setSessionState({ kind: 'expired', session: state.session });
    return;
  }
  forget();
  leaveTo(`${paths.signIn}?motif=deconnexion`);
});
