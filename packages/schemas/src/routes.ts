/** Every route and every named schema of the contract, found in the package's entry: none can be forgotten. */
import { z } from 'zod';
import type { Route } from './contract.ts';
import * as contract from './index.ts';

const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'path' in value && 'responses' in value;

const exported: readonly (readonly [string, unknown])[] = Object.entries(contract);

/** Every route, in the order of its path and method. */
export const allRoutes: readonly Route[] = exported
  .map(([, value]) => value)
  .filter(isRoute)
  .toSorted((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`, 'en'));

/** Every exported schema by its name. */
export const namedSchemas: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  exported.filter((entry): entry is readonly [string, z.ZodType] => entry[1] instanceof z.ZodType),
);
