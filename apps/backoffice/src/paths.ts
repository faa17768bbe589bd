import { entrance } from '@rnoce/shell/entrance';

/** The addresses of the agents' screens, below their base. */
export const paths = {
  queue: entrance.home,
  dashboard: '/tableau-de-bord',
  dossier: (id: string) => `/dossiers/${id}`,
  signIn: entrance.signIn,
} as const;
