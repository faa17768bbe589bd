import type { AdministrationEntry, AdministrationEntryId, AgentId } from '@rnoce/schemas';
import type { EntryParts } from './administration.repository.ts';

export const presentEntry = ({ entry, by }: EntryParts): AdministrationEntry => ({
  id: entry.id as AdministrationEntryId,
  at: entry.createdAt.toISOString(),
  act: entry.act,
  by: { id: entry.by as AgentId | null, name: by },
  changes: entry.changes,
  detail: entry.detail,
});
