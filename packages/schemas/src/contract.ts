import type { z } from 'zod';
import type { ProblemCode } from './problems.ts';
import type { IntegratorKind, Scope } from './scopes.ts';

/**
 * Who may call a route. `anyone` needs no credential; `gateway` is a payment gateway, known by the signature of what it sends, which the
 * handler checks; every other value is checked by one hook before the handler.
 */
export type Access = 'anyone' | 'gateway' | 'operator' | 'agent' | 'integrator';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface NoContent {
  readonly raw: 'empty';
}
export interface Bytes {
  readonly raw: 'bytes';
  readonly mediaTypes: readonly string[];
}
/** A response without a JSON body: nothing (`empty`) or bytes of a media type. */
export type RawResponse = NoContent | Bytes;
export const noContent: NoContent = { raw: 'empty' };
export const bytes = (...mediaTypes: string[]): Bytes => ({ raw: 'bytes', mediaTypes });

export interface Route {
  /** Unique verb-noun name: the operationId of the OpenAPI document. */
  readonly name: string;
  readonly tag: string;
  readonly method: Method;
  /** Path below `/api/v1`, with `:param` placeholders. */
  readonly path: `/${string}`;
  readonly access: readonly Access[];
  /** Where `access` lets integrators in: which of them, and the scope that their key needs; without one, each item is judged by its own. */
  readonly integrator?: { readonly kinds: readonly IntegratorKind[]; readonly scope?: Scope };
  /** An agent may call it before choosing a password in the place of the one that was given; every other route refuses (OWASP ASVS 5, 6.4.1). */
  readonly withGivenPassword?: true;
  readonly summary: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The body is one file in a multipart form, field `file`. */
  readonly upload?: { readonly mediaTypes: readonly string[]; readonly maxBytes: number };
  /** The body is taken as it comes, in one of these types, as bytes: signatures cover bytes, and an import is read line by line. */
  readonly rawBody?: {
    readonly mediaTypes: readonly string[];
    readonly maxBytes: number;
    /** What its JSON holds, for the documentation; the handler judges it. */
    readonly json?: z.ZodType;
  };
  readonly responses: Readonly<Record<number, z.ZodType | RawResponse>>;
  /** Codes of the problems that the route may answer, beside those that every route may. */
  readonly problems: readonly ProblemCode[];
  /** Takes an `Idempotency-Key`: same key and body, same answer (spec/api.md, Conventions). */
  readonly idempotent?: boolean;
  /** Answers an `ETag` and takes `If-Match`; `required` refuses a write without it. */
  readonly versioned?: 'answer' | 'required';
  /** Limit of requests in a window, per address; shared by every process. */
  readonly rateLimit?: { readonly max: number; readonly windowSeconds: number };
}

/** Declares a route. The one source of its validation, types, OpenAPI entry and client function. */
export const route = <const R extends Route>(declaration: R): R => declaration;

type Input<T> = T extends z.ZodType ? z.input<T> : undefined;
type Output<T> = T extends z.ZodType ? z.output<T> : undefined;
type SuccessStatus = 200 | 201 | 202 | 204;

export type RouteParams<R extends Route> = Output<R['params']>;
export type RouteQuery<R extends Route> = Output<R['query']>;
export type RouteBody<R extends Route> = Output<R['body']>;
export type RouteParamsInput<R extends Route> = Input<R['params']>;
export type RouteQueryInput<R extends Route> = Input<R['query']>;
export type RouteBodyInput<R extends Route> = Input<R['body']>;
type Answer<T> = T extends z.ZodType
  ? z.output<T>
  : T extends NoContent
    ? undefined
    : Uint8Array<ArrayBuffer>;
/** What a successful call of the route returns. */
export type RouteAnswer<R extends Route> = {
  [S in keyof R['responses'] & SuccessStatus]: Answer<R['responses'][S]>;
}[keyof R['responses'] & SuccessStatus];

export const isRawResponse = (response: z.ZodType | RawResponse): response is RawResponse =>
  'raw' in response;
