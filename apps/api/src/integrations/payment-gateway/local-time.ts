import { casablancaTime } from '@rnoce/schemas/casablanca-time';

/** The zones in which gateways write dates without one. */
export type GatewayZone = 'UTC' | 'Africa/Casablanca';

/** What the clocks of a zone show at an instant, `2026-11-21T10:42:05`. Morocco's come from our one table (docs/decisions/010). */
export const localTime = (instant: Date, zone: GatewayZone): string =>
  zone === 'UTC' ? instant.toISOString().slice(0, 19) : casablancaTime(instant);
