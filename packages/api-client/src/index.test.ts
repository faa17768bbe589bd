import { allRoutes } from '@rnoce/schemas/routes';
import { expect, it } from 'vitest';
import * as client from './index.ts';

it('has a function for each route, but what gateways call and the files of people', () => {
  const functions: Readonly<Record<string, unknown>> = client;
  const missing = allRoutes
    .filter(
      ({ access, rawBody }) => !access.includes('gateway') && (!rawBody || access.includes('integrator')),
    )
    .filter(({ name }) => typeof functions[name] !== 'function');
  expect(missing.map(({ name }) => name)).toEqual([]);
});
