import { paths } from '../paths.ts';
import { leadOn } from './lead-on.ts';
import { mayHaveSession, sessionState } from './session-store.ts';

const base = import.meta.env.BASE_URL.replace(/\/$/, '');

/** Whether this browser is signed in; asks the server only where it may be. Throws `ApiError` when the server couldn't be asked. */
export async function hasSession(): Promise<boolean> {
  const { kind } = sessionState();
  if (kind === 'active' || kind === 'expired') return true;
  if (kind === 'anonymous' || !mayHaveSession()) return false;
  const { resumeSession } = await import('./session.ts');
  return await resumeSession();
}

/** Middleware of the screens behind the sign-in: without a session, to the sign-in, which leads back to the page asked for. */
export async function requireSession(
  { request }: { request: Request },
  next: () => Promise<unknown>,
): Promise<unknown> {
  if (await hasSession()) return await next();
  const { pathname, search } = new URL(request.url);
  const asked = `${pathname.startsWith(base) ? pathname.slice(base.length) : pathname}${search}`;
  throw leadOn(
    request,
    asked === '' || asked === paths.queue
      ? paths.signIn
      : `${paths.signIn}?retour=${encodeURIComponent(asked)}`,
  );
}
