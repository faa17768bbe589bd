import {
  isRawResponse,
  type Route,
  type RouteAnswer,
  type RouteBodyInput,
  type RouteParamsInput,
  type RouteQueryInput,
} from '@rnoce/schemas/contract';
import { ApiError } from './api-error.ts';
import { errorOfAnswer } from './read-problem.ts';

export interface ConnectionOptions {
  /** Address of the API with its base, `https://…/api/v1`; in a browser `/api/v1`. */
  readonly baseUrl: string;
  /** Language of the problems' sentences. */
  readonly locale?: () => string;
  /** Milliseconds before a call without an answer is given up. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

export interface BrowserClientOptions extends ConnectionOptions {
  /** By which of its sessions a browser calls: it may hold an operator's and an agent's at once. */
  readonly caller?: 'operator' | 'agent';
  /**
   * Called once on 401 `not_signed_in`, to prolong the session; true: the call is made again.
   * Calls that meet it together share one renewal.
   */
  readonly renewSession?: () => Promise<boolean>;
}

type Given<Key extends string, Value> = [Value] extends [undefined]
  ? { [K in Key]?: undefined }
  : undefined extends Value
    ? { [K in Key]?: Value }
    : { [K in Key]: Value };

/** What a call of the route takes: its params, query and body as the contract declares them, and the headers of its conventions. */
export type CallInput<R extends Route> = Given<'params', RouteParamsInput<R>> &
  ([RouteQueryInput<R>] extends [undefined] ? { query?: undefined } : { query?: RouteQueryInput<R> }) &
  Given<'body', RouteBodyInput<R>> & {
    /** The body of a route with `rawBody`, as it is; its type says which of the route's types it has. */
    readonly bytes?: Blob;
    /** The version that is changed (`If-Match`). */
    readonly version?: number;
    readonly idempotencyKey?: string;
    readonly signal?: AbortSignal;
    /** Lets the call outlive its page; browsers allow it up to 64 KiB of bodies under way. */
    readonly keepalive?: boolean;
  };

export interface Answer<T> {
  readonly data: T;
  /** The version of what is answered, from its `ETag`. */
  readonly version: number | undefined;
}

export interface Client {
  /** Calls a route of the contract. Throws `ApiError` on anything but a success. */
  call: <R extends Route>(route: R, input: CallInput<R>) => Promise<Answer<RouteAnswer<R>>>;
  /** Address of a route, for links to files. */
  url: <R extends Route>(route: R, input: Pick<CallInput<R>, 'params' | 'query'>) => string;
}

const versionOf = (response: Response): number | undefined => {
  const version = /^(?:W\/)?"(\d+)"$/.exec(response.headers.get('etag') ?? '')?.[1];
  return version === undefined ? undefined : Number(version);
};

/** Path and query values: strings, numbers, booleans, by the contract. */
type Values = Readonly<Record<string, string | number | boolean | undefined>> | undefined;

function addressOf(baseUrl: string, route: Route, params: Values, query: Values): string {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params?.[name])),
  );
  const search = new URLSearchParams(
    Object.entries(query ?? {}).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  ).toString();
  return `${baseUrl}${path}${search === '' ? '' : `?${search}`}`;
}

async function readProblem(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  return errorOfAnswer(response.status, body, response.headers.get('retry-after'));
}

/** What a success carries: JSON, a file's bytes, or nothing. */
async function readAnswer(route: Route, response: Response): Promise<unknown> {
  if (response.headers.get('content-type')?.includes('json')) return await response.json();
  const declared = route.responses[response.status];
  const isFile = declared !== undefined && isRawResponse(declared) && declared.raw === 'bytes';
  return isFile ? new Uint8Array(await response.arrayBuffer()) : undefined;
}

const failureOf = (error: unknown, caller: AbortSignal | undefined): ApiError => {
  if (caller?.aborted) return new ApiError({ status: 0, code: 'aborted', cause: error });
  // An answer came, whole, and is no JSON.
  if (error instanceof SyntaxError) return new ApiError({ status: 0, code: 'unreadable', cause: error });
  const timeout = error instanceof DOMException && error.name === 'TimeoutError';
  return new ApiError({ status: 0, code: timeout ? 'timeout' : 'offline', cause: error });
};

/** One connection to the API, of a browser or of a program: what their clients share. */
export interface Connection {
  readonly url: Client['url'];
  /** Sends a request; throws `ApiError` when it isn't answered. */
  readonly request: (route: Route, input: CallInput<Route>) => Promise<Response>;
  /** What an answer says; throws `ApiError` on anything but a success. */
  readonly read: <R extends Route>(
    route: R,
    response: Response,
    signal: AbortSignal | undefined,
  ) => Promise<Answer<RouteAnswer<R>>>;
}

type Credential = Pick<RequestInit, 'credentials' | 'redirect'> & {
  readonly headers?: Readonly<Record<string, string>>;
};

/** @param credential what is sent with every request to show who calls */
export function connect(options: ConnectionOptions, credential: Credential): Connection {
  const { baseUrl, locale, timeoutMs = 15_000 } = options;
  return {
    url: (route, { params, query }) => addressOf(baseUrl, route, params as Values, query as Values),
    request: async (route, input) => {
      const { params, query, body, bytes, version, idempotencyKey, signal, keepalive } =
        input as CallInput<Route> & {
          params?: Values;
          query?: Values;
          body?: unknown;
        };
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        return await (options.fetch ?? fetch)(addressOf(baseUrl, route, params, query), {
          ...credential,
          method: route.method,
          ...(keepalive === undefined ? {} : { keepalive }),
          signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
          headers: {
            accept: 'application/json, application/problem+json',
            ...(locale ? { 'accept-language': locale() } : {}),
            ...credential.headers,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(bytes === undefined ? {} : { 'content-type': bytes.type }),
            ...(version === undefined ? {} : { 'if-match': `"${String(version)}"` }),
            ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          ...(bytes === undefined ? {} : { body: bytes }),
        });
      } catch (error) {
        throw failureOf(error, signal);
      }
    },
    read: async (route, response, signal) => {
      if (!response.ok) throw await readProblem(response);
      try {
        const data = await readAnswer(route, response);
        return { data: data as RouteAnswer<typeof route>, version: versionOf(response) };
      } catch (error) {
        throw failureOf(error, signal);
      }
    },
  };
}

/** Makes a client for a browser, whose cookie says who calls. It knows neither React nor how errors are shown, and tries nothing twice. */
export function createBrowserClient(options: BrowserClientOptions): Client {
  const { caller, renewSession } = options;
  const { url, request, read } = connect(options, {
    credentials: 'same-origin',
    redirect: 'error',
    ...(caller ? { headers: { 'x-caller': caller } } : {}),
  });
  let renewal: Promise<boolean> | undefined;
  const renew = (): Promise<boolean> => {
    renewal ??= (renewSession?.() ?? Promise.resolve(false)).finally(() => {
      renewal = undefined;
    });
    return renewal;
  };
  return {
    url,
    call: async (route, input) => {
      let response = await request(route, input);
      if (response.status === 401 && !route.access.includes('anyone') && (await renew())) {
        response = await request(route, input);
      }
      return read(route, response, input.signal);
    },
  };
}
