import type { DocumentName, DocumentVersion } from '@rnoce/schemas/documents';
import { createContext, useContext } from 'react';
import type { Refusal } from '../form-sections/refusals.ts';
import type { UploadStore } from './upload-store.ts';

/** One document of a form, as it stands there. */
export interface DocumentRow {
  readonly document: DocumentName;
  readonly required: boolean;
  /** Not asked any more of this operator, but still there: to be taken out. */
  readonly belongs: boolean;
  readonly current: DocumentVersion | undefined;
  /** Refused by an agent, or by the antivirus, and not given again yet. */
  readonly mustReplace: boolean;
  readonly refusals: readonly Refusal[];
}

/** Whether this version must be given again: an agent refused it, or the antivirus found a threat in it. */
export const mustReplace = ({ verdict, scan }: Pick<DocumentVersion, 'verdict' | 'scan'>): boolean =>
  verdict === 'refused' || scan === 'infected';

/** Where the documents of a form are given and taken out, whichever form it is. */
export interface DocumentDesk {
  readonly uploads: UploadStore;
  /** Tells the other tabs that a document was given or taken out. */
  readonly changed: () => void;
  readonly addressOf: (
    version: Pick<DocumentVersion, 'document' | 'version'>,
    disposition: 'inline' | 'attachment',
  ) => string;
  /** Takes a document out; resolves to how to put it back. Throws `ApiError`. */
  readonly remove: (document: DocumentName) => Promise<() => Promise<void>>;
}

export const DocumentDeskContext = createContext<DocumentDesk | undefined>(undefined);

export function useDocumentDesk(): DocumentDesk {
  const desk = useContext(DocumentDeskContext);
  if (!desk) throw new Error('A document is asked outside a form');
  return desk;
}
