import { z } from 'zod';
import { Account, maxPasswordLength } from './account.ts';
import { noContent, route } from './contract.ts';
import { email, text } from './fields.ts';
import { phone } from './phone.ts';
import { Instant, Locale } from './primitives.ts';

const password = z.string().min(1).max(maxPasswordLength);
/** A link's secret: 256 random bits, base64url. */
const token = z.string().min(1).max(100);

export const SignUpBody = z.strictObject({
  legalName: text(),
  address: text(500),
  email: email(),
  phone: phone(),
  captcha: z.string().min(1).max(10_000),
  locale: Locale.default('fr'),
});
export type SignUpBody = z.infer<typeof SignUpBody>;

const tag = 'accounts';

export const signUp = route({
  name: 'signUp',
  tag,
  method: 'POST',
  path: '/accounts',
  access: ['anyone'],
  summary: '« Nouvelle Inscription »: an e-mail brings the link to choose a password',
  body: SignUpBody,
  responses: { 202: z.object({ email: z.string() }) },
  problems: ['email_in_use', 'captcha_failed'],
  idempotent: true,
  rateLimit: { max: 20, windowSeconds: 3600 },
});

/** The state of a link: opening it changes nothing, only choosing the password does. */
export const PasswordLink = z.object({
  state: z.enum(['valid', 'expired', 'used']),
  purpose: z.enum(['creation', 'reset']),
});

export const getPasswordLink = route({
  name: 'getPasswordLink',
  tag,
  method: 'POST',
  path: '/accounts/password-links/state',
  access: ['anyone'],
  summary: 'Whether a link can still be used; changes nothing',
  body: z.strictObject({ token }),
  responses: { 200: PasswordLink },
  problems: ['link_unknown'],
  rateLimit: { max: 60, windowSeconds: 600 },
});

export const renewPasswordLink = route({
  name: 'renewPasswordLink',
  tag,
  method: 'POST',
  path: '/accounts/password-links',
  access: ['anyone'],
  summary: 'Send a new link in the place of an expired one, to the same address',
  body: z.strictObject({ token }),
  responses: { 202: z.object({}) },
  problems: ['link_unknown'],
  rateLimit: { max: 10, windowSeconds: 3600 },
});

export const choosePassword = route({
  name: 'choosePassword',
  tag,
  method: 'POST',
  path: '/accounts/password',
  access: ['anyone'],
  summary: 'Choose the password that a link asks for: creation and reset',
  body: z.strictObject({ token, password }),
  responses: { 204: noContent },
  problems: ['link_unknown', 'link_expired', 'link_used'],
  rateLimit: { max: 30, windowSeconds: 600 },
});

export const requestPasswordReset = route({
  name: 'requestPasswordReset',
  tag,
  method: 'POST',
  path: '/password-resets',
  access: ['anyone'],
  summary: '« Recevoir le lien »: answers the same whether the e-mail exists or not',
  body: z.strictObject({ email: email() }),
  responses: { 202: z.object({}) },
  problems: [],
  rateLimit: { max: 10, windowSeconds: 900 },
});

export const getAccount = route({
  name: 'getAccount',
  tag,
  method: 'GET',
  path: '/account',
  access: ['operator'],
  summary: 'The account',
  responses: { 200: Account },
  problems: [],
});

export const updateAccount = route({
  name: 'updateAccount',
  tag,
  method: 'PATCH',
  path: '/account',
  access: ['operator'],
  summary: 'Change the language, the phone or the address',
  body: z.strictObject({
    locale: Locale.optional(),
    phone: phone().optional(),
    address: text(500).optional(),
  }),
  responses: { 200: Account },
  problems: [],
});

export const changePassword = route({
  name: 'changePassword',
  tag,
  method: 'PUT',
  path: '/account/password',
  access: ['operator'],
  summary: 'Change the password; every other session ends',
  body: z.strictObject({ currentPassword: password, password }),
  responses: { 204: noContent },
  problems: ['password_wrong', 'locked'],
  rateLimit: { max: 20, windowSeconds: 600 },
});

export const exportAccount = route({
  name: 'exportAccount',
  tag,
  method: 'GET',
  path: '/account/export',
  access: ['operator'],
  summary: 'Everything that is kept about the account (law 09-08, right of access)',
  responses: {
    200: z.object({
      account: Account,
      subscriptions: z.array(z.record(z.string(), z.unknown())),
      emails: z.array(z.object({ template: z.string(), to: z.string(), createdAt: Instant })),
      sessions: z.array(z.object({ createdAt: Instant, lastUsedAt: Instant, userAgent: z.string() })),
      exportedAt: Instant,
    }),
  },
  problems: [],
  rateLimit: { max: 10, windowSeconds: 3600 },
});
