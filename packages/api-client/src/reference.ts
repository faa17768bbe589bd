import * as routes from '@rnoce/schemas/reference';
import type { CallInput, Client } from './call.ts';

/** A reference list, cacheable by its ETag. */
export const getReferenceList = (client: Client, input: CallInput<typeof routes.getReferenceList>) =>
  client.call(routes.getReferenceList, input);
