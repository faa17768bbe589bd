import { requestOutside } from '../outside-call/outside-http.ts';
import type { GatewayCaller } from '../payment-gateway/gateway-caller.ts';
import { GatewayUnavailableError } from '../payment-gateway/gateway-errors.ts';
import { AccessToken } from './fatourati-messages.ts';
import { type FatouratiOptions, fatouratiProvider } from './fatourati-settings.ts';

/** A token isn't used in its last 30 seconds, nor in the last fifth of a shorter life: the call that carries it takes time. */
const spareSeconds = 30;

export interface AccessTokens {
  /** A token that is still good; asked for once, however many wait for it. Throws `GatewayUnavailableError`. */
  get(signal?: AbortSignal): Promise<string>;
  /** The API refused this token, whatever its age. */
  forget(token: string): void;
}

/** OAuth2 client credentials, kept in memory until they expire. */
export function createAccessTokens(options: FatouratiOptions, caller: GatewayCaller): AccessTokens {
  const { now = () => new Date() } = options;
  let kept: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;

  // No caller's signal: the one who asked may leave while others wait for the same token. The caller's time limit holds.
  const ask = () =>
    caller.ask('token', async (limit, fetch) => {
      const { clientId, clientSecret } = options;
      const answer = await requestOutside({
        method: 'POST',
        url: new URL(options.tokenUrl),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
        }).toString(),
        answers: [200],
        signal: limit,
        fetch,
      });
      const { access_token: token, expires_in: seconds } = answer.json(AccessToken);
      const good = seconds - Math.min(spareSeconds, seconds * 0.2);
      kept = { token, until: now().getTime() + good * 1_000 };
      return token;
    });

  return {
    async get(signal) {
      if (signal?.aborted) throw new GatewayUnavailableError(fatouratiProvider, 'cancelled', 'none');
      if (kept && kept.until > now().getTime()) return kept.token;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget(token) {
      if (kept?.token === token) kept = undefined;
    },
  };
}
