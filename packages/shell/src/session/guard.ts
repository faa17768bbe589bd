import { safeReturn, signInFor } from './entrance.ts';
import { leadOn } from './lead-on.ts';
import type { Principal, SessionStore } from './session-store.ts';

interface Asked {
  readonly request: Request;
}

export interface Guard {
  /** Middleware of the screens behind the sign-in: without a session, to the sign-in, which leads back to the page asked for. */
  readonly requireSession: (asked: Asked, next: () => Promise<unknown>) => Promise<unknown>;
  /** Loader of the sign-in: who is signed in already has nothing to do there. */
  readonly leadSignedInOn: (asked: Asked) => Promise<Response | null>;
}

/**
 * Makes the door between the sign-in and the screens behind it.
 *
 * @param resume asks the server for the session that this browser may hold; loaded only where there may be one. It throws
 *   `ApiError` when the server couldn't be asked
 */
export function createGuard<P extends Principal>(
  store: SessionStore<P>,
  resume: () => Promise<boolean>,
): Guard {
  const hasSession = async (): Promise<boolean> => {
    const { kind } = store.state();
    if (kind === 'active' || kind === 'expired') return true;
    if (kind === 'anonymous' || !store.mayHaveSession()) return false;
    return await resume();
  };
  return {
    requireSession: async ({ request }, next) => {
      if (await hasSession()) return await next();
      throw leadOn(request, signInFor(request.url));
    },
    leadSignedInOn: async ({ request }) => {
      const wanted = new URL(request.url).searchParams.get('retour');
      // The page must open even when the server can't say.
      const signedIn = await hasSession().catch(() => false);
      return signedIn ? leadOn(request, safeReturn(wanted)) : null;
    },
  };
}
