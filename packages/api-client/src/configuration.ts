import * as routes from '@rnoce/schemas/configuration';
import type { CallInput, Client } from './call.ts';

/** Locales, limits, captcha, authorities. */
export const getConfiguration = (client: Client, input: CallInput<typeof routes.getConfiguration>) =>
  client.call(routes.getConfiguration, input);

/** A proof-of-work challenge (ALTCHA); its solution goes into `captcha`. */
export const getCaptcha = (client: Client, input: CallInput<typeof routes.getCaptcha>) =>
  client.call(routes.getCaptcha, input);

/** Whether the outside services answer. */
export const getServiceStatus = (client: Client, input: CallInput<typeof routes.getServiceStatus>) =>
  client.call(routes.getServiceStatus, input);
