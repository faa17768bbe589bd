import { z } from 'zod';
import { route } from './contract.ts';

/** Lists loaded from `data/` as seed rows, replaceable without a release; `operator-types` is a rule table of this package. */
export const referenceLists = ['rc-centres', 'cities', 'activities', 'banks'] as const;
export const ReferenceList = z.enum(referenceLists);
export type ReferenceList = z.infer<typeof ReferenceList>;

/** `code` is an opaque string, unique in its list, leading zeros kept (reference/data/SOURCES.md). */
export const ReferenceEntry = z.object({
  code: z.string(),
  label: z.string(),
  labelAr: z.string().optional(),
  /** Shown before any search: urban places, for the towns. */
  common: z.boolean().optional(),
  /** For banks: what their RIBs begin with. */
  ribCodes: z.array(z.string()).optional(),
});
export type ReferenceEntry = z.infer<typeof ReferenceEntry>;

export const getReferenceList = route({
  name: 'getReferenceList',
  tag: 'reference',
  method: 'GET',
  path: '/reference/:list',
  access: ['anyone'],
  summary: 'A reference list, cacheable by its ETag',
  params: z.strictObject({ list: z.enum([...referenceLists, 'operator-types']) }),
  responses: { 200: z.object({ items: z.array(ReferenceEntry) }) },
  problems: [],
  versioned: 'answer',
});
