/** The addresses of the agents' screens, below their base. */
export const paths = {
  queue: '/',
  dashboard: '/tableau-de-bord',
  dossier: (id: string) => `/dossiers/${id}`,
  signIn: '/connexion',
} as const;

/** Where to go after signing in: only a path of these screens, never another site's address. */
export function safeReturn(wanted: string | null): string {
  if (wanted === null || !/^\/(?![/\\])/.test(wanted) || /[\\\p{Cc}]/u.test(wanted)) return paths.queue;
  return wanted === paths.signIn || wanted.startsWith(`${paths.signIn}?`) ? paths.queue : wanted;
}
