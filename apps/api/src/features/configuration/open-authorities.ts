import { type Authority, authorities } from '@rnoce/schemas';
import type { Environment } from '../../env.ts';

/** The authorities that can be chosen here: PortNet's validation opens accounts at the single window, so it waits until that one is configured. */
export const openAuthorities = ({ SINGLE_WINDOW_URL }: Pick<Environment, 'SINGLE_WINDOW_URL'>): Authority[] =>
  authorities.filter((authority) => authority !== 'portnet' || SINGLE_WINDOW_URL !== '');
