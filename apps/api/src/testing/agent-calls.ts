import type { Dossier } from '@rnoce/schemas';
import type { TestApp } from './app.ts';

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';
export interface Call {
  as?: { headers: Record<string, string> } | undefined;
  version?: number | undefined;
  body?: object | undefined;
  key?: string;
}

/** Calls of one agent, and the dossier as they see it; `as` calls for somebody else. */
export function callsOf({ app }: TestApp, caller: { headers: Record<string, string> }) {
  const call = (method: Method, path: string, { as = caller, version, body, key }: Call = {}) =>
    app.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        ...as.headers,
        ...(version === undefined ? {} : { 'if-match': `"${String(version)}"` }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body ? { payload: body } : {}),
    });
  return { call, dossierOf: async (id: string) => (await call('GET', `/filings/${id}`)).json<Dossier>() };
}

/** A decision that sends the dossier back for its document `ice`. */
export const refusal = {
  outcome: 'incomplete',
  reasons: [{ about: { document: 'ice' }, cause: 'illegible', text: 'Page 1 floue' }],
};
