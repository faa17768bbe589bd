/** The two addresses that every application has, below its base. */
export const entrance = { home: '/', signIn: '/connexion' } as const;

/** The base that the application is served under, without the slash at its end. */
const base = import.meta.env.BASE_URL.replace(/\/$/, '');

/** The sign-in after signing out: it says so. */
export const signedOut = `${entrance.signIn}?motif=deconnexion`;

/** The sign-in that leads back to the page that `url` asks for. */
export function signInFor(url: string): string {
  const { pathname, search } = new URL(url);
  const asked = `${pathname.startsWith(base) ? pathname.slice(base.length) : pathname}${search}`;
  return asked === '' || asked === entrance.home
    ? entrance.signIn
    : `${entrance.signIn}?retour=${encodeURIComponent(asked)}`;
}

/** Where to go after signing in: only a path of this application, never another site's address. */
export function safeReturn(wanted: string | null): string {
  if (wanted === null || !/^\/(?![/\\])/.test(wanted) || /[\\\p{Cc}]/u.test(wanted)) return entrance.home;
  return wanted === entrance.signIn || wanted.startsWith(`${entrance.signIn}?`) ? entrance.home : wanted;
}

/** Loads the page anew at a path of the application: nothing of the principal's work stays in memory. */
export function leaveTo(path: string): void {
  window.location.assign(`${base}${path}`);
}
