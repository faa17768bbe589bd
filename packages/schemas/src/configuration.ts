import { z } from 'zod';
import { route } from './contract.ts';
import { PaymentMethod } from './invoices.ts';
import { Authority } from './operator-types.ts';
import { PaymentChannel } from './payments.ts';
import { Locale } from './primitives.ts';

/** What the SPAs need to know of this installation. */
export const Configuration = z.object({
  locales: z.array(Locale),
  password: z.object({ minLength: z.int() }),
  captcha: z.enum(['altcha', 'none']),
  openAuthorities: z.array(Authority),
  assistance: z.object({ phone: z.string(), url: z.string() }),
  /** Number of the authorisation of this processing by the CNDP (law 09-08), shown where people's data are sent. */
  cndpAuthorisation: z.string(),
  antivirus: z.boolean(),
  /** How invoices can be paid here: a provider that isn't configured isn't offered. */
  payment: z.object({
    methods: z.array(z.object({ method: PaymentMethod, channels: z.array(PaymentChannel) })),
  }),
});
export type Configuration = z.infer<typeof Configuration>;

export const getConfiguration = route({
  name: 'getConfiguration',
  tag: 'configuration',
  method: 'GET',
  path: '/config',
  access: ['anyone'],
  summary: 'Locales, limits, captcha, authorities',
  responses: { 200: Configuration },
  problems: [],
});

export const getCaptcha = route({
  name: 'getCaptcha',
  tag: 'configuration',
  method: 'GET',
  path: '/captcha',
  access: ['anyone'],
  summary: 'A proof-of-work challenge (ALTCHA); its solution goes into `captcha`',
  responses: { 200: z.record(z.string(), z.unknown()) },
  problems: [],
  rateLimit: { max: 60, windowSeconds: 300 },
});

/** The outside services, as the landing page shows them. */
export const ServiceStatus = z.object({
  services: z.array(
    z.object({
      service: z.enum(['customs', 'single_window', 'mail', 'storage', 'antivirus']),
      state: z.enum(['up', 'down', 'unknown']),
    }),
  ),
  checkedAt: z.iso.datetime().nullable(),
});
export type ServiceStatus = z.infer<typeof ServiceStatus>;

export const getServiceStatus = route({
  name: 'getServiceStatus',
  tag: 'configuration',
  method: 'GET',
  path: '/status',
  access: ['anyone'],
  summary: 'Whether the outside services answer',
  responses: { 200: ServiceStatus },
  problems: [],
});
