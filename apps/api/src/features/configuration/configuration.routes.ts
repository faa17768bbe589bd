import { getCaptcha, getConfiguration, getServiceStatus, locales } from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { serve } from '../../plugins/serve.ts';
import { offeredMethods } from '../payments/payment-channels.ts';
import { createCaptcha } from './captcha.ts';
import { openAuthorities } from './open-authorities.ts';
import type { ServiceStatusReader } from './service-status.ts';

export function configurationRoutes(app: FastifyInstance, deps: Deps, status: ServiceStatusReader): void {
  const { environment } = deps;

  serve(app, getConfiguration, async ({ reply }) => {
    reply.header('cache-control', 'public, max-age=60');
    return {
      locales: [...locales],
      password: { minLength: environment.PASSWORD_MIN_LENGTH },
      captcha: environment.CAPTCHA,
      openAuthorities: openAuthorities(environment),
      assistance: { phone: environment.ASSISTANCE_PHONE, url: environment.ASSISTANCE_URL },
      cndpAuthorisation: environment.CNDP_AUTHORISATION,
      antivirus: environment.CLAMD_URL !== '',
      payment: { methods: offeredMethods(deps.gateways) },
    };
  });

  serve(app, getCaptcha, () => createCaptcha(deps));

  serve(app, getServiceStatus, () => status.read());
}
