import { ApiError } from '@rnoce/api-client/api-error';
import { type Client, createBrowserClient } from '@rnoce/api-client/call';
import { leaveTo, signedOut } from './entrance.ts';
import { clockedFetch } from './session-clock.ts';
import type { Principal, PrincipalSession, SessionStore } from './session-store.ts';
import { forgetCopies } from './unsaved.ts';

/** The API's sessions of one kind of principal. Each throws `ApiError`. */
export interface SessionRoutes<P extends Principal> {
  /** Which of the browser's sessions this is, for the routes that are open to both. */
  readonly caller?: 'operator' | 'agent';
  readonly current: (client: Client) => Promise<PrincipalSession<P>>;
  readonly refresh: (client: Client) => Promise<PrincipalSession<P>>;
  readonly end: (client: Client) => Promise<unknown>;
}

export interface SessionKeeper<P extends Principal> {
  readonly store: SessionStore<P>;
  /** The client of every screen: a call that meets the end of the session waits for the renewal, or for the person to sign in again. */
  readonly client: Client;
  /** Signed in here, for the first time or again; the other tabs are told. */
  readonly begin: (session: PrincipalSession<P>) => void;
  /** Takes up the session that this browser may hold, after a reload say. False: there is none. Throws `ApiError`. */
  readonly resume: () => Promise<boolean>;
  /** Prolongs the session. False: it is over. Throws `ApiError` when the server couldn't be asked. */
  readonly renew: () => Promise<boolean>;
  /** Milliseconds since the last renewal that this page knows of, by its own clock. After a reload none is known. */
  readonly millisecondsSinceRenewal: () => number;
  /** Makes sure that what can't ask again, the PDF viewer's own requests, meets a session that holds. */
  readonly freshen: () => Promise<void>;
  /** Runs what doesn't go through the client, an upload say, with the same care: renewed or signed in again, it is run once more. */
  readonly withSession: <T>(act: () => Promise<T>) => Promise<T>;
  /**
   * Runs what gives this browser another session in the place of this one. No tab renews meanwhile, by a token that is about to open
   * nothing. `act` calls by the client that it is given.
   */
  readonly exchange: <T>(act: (client: Client) => Promise<T>) => Promise<T>;
  /** The session is over by itself: the page stays, and asks to sign in again in place. */
  readonly expire: () => void;
  /** Gives up an expired session instead of signing in again. */
  readonly abandon: () => void;
  /**
   * « Se déconnecter », here and in the other tabs, then on to `to`, a path of the application: the sign-in, which says so, unless
   * another is given. What was typed and isn't saved goes from this device: see `use-sign-out.tsx`. Throws `ApiError` when the server
   * couldn't be told.
   */
  readonly end: (to?: string) => Promise<void>;
}

/** What the tabs of one browser tell each other. */
type Word<P extends Principal> =
  | { readonly kind: 'active'; readonly session: PrincipalSession<P> }
  | { readonly kind: 'expired' | 'ended' };

/** An access token is believed for 10 minutes: one older than this, in milliseconds, may run out on the way. */
const freshTime = 8 * 60_000;

const isRefusal = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

/**
 * Keeps the session of a page: begun, prolonged, expired, taken up again, ended, and the same in every tab of the browser.
 *
 * @param channelName where the tabs hear of each other
 */
export function createSessionKeeper<P extends Principal>(
  store: SessionStore<P>,
  channelName: string,
  routes: SessionRoutes<P>,
): SessionKeeper<P> {
  const connection = {
    baseUrl: '/api/v1',
    ...(routes.caller ? { caller: routes.caller } : {}),
    locale: () => document.documentElement.lang,
    fetch: clockedFetch,
  } as const;
  /** Renews the session itself, so it never asks for a renewal. */
  const bareClient = createBrowserClient(connection);
  const client = createBrowserClient({ ...connection, renewSession: recover });

  const channel = new BroadcastChannel(channelName);
  const say = (word: Word<P>): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches this origin alone
    channel.postMessage(word);
  };

  /** One tab of the browser at a time: they share the cookies. */
  const alone = async <T>(act: () => Promise<T>): Promise<T> =>
    await navigator.locks.request(channelName, act);

  /** Calls that wait for the person to sign in again. */
  let waiting: ((signedIn: boolean) => void)[] = [];
  const release = (signedIn: boolean): void => {
    const released = waiting;
    waiting = [];
    for (const resolve of released) resolve(signedIn);
  };

  let renewedAt = 0;
  const millisecondsSinceRenewal = (): number => Date.now() - renewedAt;

  const accept = (session: PrincipalSession<P>): void => {
    store.set({ kind: 'active', session });
    release(true);
  };
  const acceptRenewed = (session: PrincipalSession<P>): void => {
    renewedAt = Date.now();
    accept(session);
  };
  const begin = (session: PrincipalSession<P>): void => {
    acceptRenewed(session);
    say({ kind: 'active', session });
  };

  /** The page stays as it is. Whether it has become expired now. */
  const markExpired = (): boolean => {
    const state = store.state();
    if (state.kind !== 'active') return false;
    store.set({ kind: 'expired', session: state.session });
    return true;
  };
  const expire = (): void => {
    if (markExpired()) say({ kind: 'expired' });
  };

  let renewal: Promise<boolean> | undefined;
  const renew = (): Promise<boolean> => {
    renewal ??= alone(() => routes.refresh(bareClient))
      .then((session) => {
        begin(session);
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
  };

  async function recover(): Promise<boolean> {
    if (await renew()) return true;
    expire();
    if (store.state().kind !== 'expired') return false;
    return await new Promise<boolean>((resolve) => waiting.push(resolve));
  }

  const withSession = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (isRefusal(error) && (await recover())) return await act();
      throw error;
    }
  };

  /** Forgets the session in this page and what was typed in it. */
  const forget = (): void => {
    store.set({ kind: 'anonymous' });
    release(false);
    try {
      window.sessionStorage.clear();
    } catch {
      // Storage forbidden: then nothing was kept.
    }
  };

  /** The same at a sign-out, which leaves nothing of this person on the device. */
  const forgetAll = (): void => {
    const owner = store.principal()?.id;
    forget();
    if (owner !== undefined) forgetCopies(() => window.localStorage, owner);
  };

  channel.addEventListener('message', ({ data }: MessageEvent<Word<P>>) => {
    const mine = store.principal()?.id;
    if (data.kind === 'active') {
      if (mine === data.session.principal.id) acceptRenewed(data.session);
      // Somebody else has signed in: what this page shows is no longer this browser's.
      else if (mine !== undefined) leaveTo('/');
      else if (store.state().kind === 'anonymous') store.set({ kind: 'unknown' });
      return;
    }
    if (mine === undefined) return;
    if (data.kind === 'expired') {
      markExpired();
      return;
    }
    forgetAll();
    leaveTo(signedOut);
  });

  return {
    store,
    client,
    begin,
    renew,
    millisecondsSinceRenewal,
    expire,
    abandon: forget,
    resume: async () => {
      try {
        accept(await routes.current(client));
        return true;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        store.set({ kind: 'anonymous' });
        return false;
      }
    },
    freshen: async () => {
      if (millisecondsSinceRenewal() > freshTime) await recover();
    },
    withSession,
    exchange: async (act) => await withSession(() => alone(() => act(bareClient))),
    end: async (to = signedOut) => {
      try {
        await routes.end(bareClient);
      } catch (error) {
        // An access token that has just run out must not leave the session alive on the server.
        if (!isRefusal(error)) throw error;
        if (await renew()) await routes.end(bareClient);
      }
      forgetAll();
      say({ kind: 'ended' });
      leaveTo(to);
    },
  };
}
