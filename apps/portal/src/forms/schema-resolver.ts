import { validate } from '@rnoce/schemas/issues';
import { issueResolver } from '@rnoce/ui';
import type { FieldValues, Resolver } from 'react-hook-form';
import type { z } from 'zod';

/** The resolver of a form whose values are judged by a schema of the contract: the same rules and codes as the API's. */
export const schemaResolver = <V extends FieldValues>(schema: z.ZodType): Resolver<V> =>
  issueResolver((values) => validate(schema, values).issues);
