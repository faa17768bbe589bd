import { paths } from '../paths.ts';
import { leadOn } from './lead-on.ts';
import { resumeSession } from './session.ts';

const base = import.meta.env.BASE_URL.replace(/\/$/, '');

/** Middleware of the screens behind the sign-in: without a session, to the sign-in, which leads back to the page asked for. */
export async function requireSession(
  { request }: { request: Request },
  next: () => Promise<unknown>,
): Promise<unknown> {
  if (await resumeSession()) return await next();
  const { pathname, search } = new URL(request.url);
  const asked = `${pathname.startsWith(base) ? pathname.slice(base.length) : pathname}${search}`;
  throw leadOn(
    request,
    asked === '' || asked === paths.queue
      ? paths.signIn
      : `${paths.signIn}?retour=${encodeURIComponent(asked)}`,
  );
}
