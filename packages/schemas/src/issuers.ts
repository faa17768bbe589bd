import { z } from 'zod';
import { route } from './contract.ts';
import { text } from './fields.ts';
import { Instant, PageQuery, page } from './primitives.ts';

/** An issuer's short name in addresses and files: `PORTNET`, `TUV`. */
export const IssuerCode = z
  .string()
  .trim()
  .overwrite((typed) => typed.toUpperCase())
  .regex(/^[A-Z0-9][A-Z0-9_-]{1,29}$/);
export const Issuer = z.object({ code: z.string(), name: z.string() });
export type Issuer = z.infer<typeof Issuer>;

const params = z.strictObject({ code: IssuerCode });
const access = ['agent'] as const;
const administration = 'administration';

export const listIssuers = route({
  name: 'listIssuers',
  tag: 'invoices',
  method: 'GET',
  path: '/issuers',
  access,
  summary: 'The issuers of invoices',
  responses: { 200: z.object({ items: z.array(Issuer.extend({ active: z.boolean() })) }) },
  problems: ['forbidden'],
});

/** An issuer as administrators see it. */
export const ManagedIssuer = Issuer.extend({
  /** It may publish. What it published before stays payable. */
  active: z.boolean(),
  createdAt: Instant,
  unpaidInvoices: z.int(),
  integrators: z.int(),
});
export type ManagedIssuer = z.infer<typeof ManagedIssuer>;

export const listManagedIssuers = route({
  name: 'listManagedIssuers',
  tag: administration,
  method: 'GET',
  path: '/admin/issuers',
  access,
  summary: 'The issuers of invoices, and what each has published and not been paid',
  query: PageQuery.extend({ q: z.string().trim().max(100).optional(), active: z.stringbool().optional() }),
  responses: { 200: page(ManagedIssuer) },
  problems: ['forbidden'],
});

export const CreateIssuerBody = z.strictObject({ code: IssuerCode, name: text(120) });
export type CreateIssuerBody = z.infer<typeof CreateIssuerBody>;

export const createIssuer = route({
  name: 'createIssuer',
  tag: administration,
  method: 'POST',
  path: '/admin/issuers',
  access,
  summary: 'Let another issuer publish invoices; its code stands in addresses and files, and never changes',
  body: CreateIssuerBody,
  responses: { 201: ManagedIssuer },
  problems: ['forbidden', 'issuer_exists'],
  idempotent: true,
});

export const getManagedIssuer = route({
  name: 'getManagedIssuer',
  tag: administration,
  method: 'GET',
  path: '/admin/issuers/:code',
  access,
  summary: 'One issuer',
  params,
  responses: { 200: ManagedIssuer },
  problems: ['forbidden'],
});

export const ChangeIssuerBody = z.strictObject({
  name: text(120).optional(),
  active: z.boolean().optional(),
});
export type ChangeIssuerBody = z.infer<typeof ChangeIssuerBody>;

export const changeIssuer = route({
  name: 'changeIssuer',
  tag: administration,
  method: 'PATCH',
  path: '/admin/issuers/:code',
  access,
  summary:
    'Change the name that payers read; keep an issuer from publishing, by its programs and by agents, or let it publish again',
  params,
  body: ChangeIssuerBody,
  responses: { 200: ManagedIssuer },
  problems: ['forbidden'],
});
