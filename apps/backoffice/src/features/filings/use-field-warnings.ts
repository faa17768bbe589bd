import type { Dossier } from '@rnoce/schemas/filings';
import type { ReferenceEntry } from '@rnoce/schemas/reference';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { referenceQuery } from '../../api/queries.ts';
import { type FieldWarnings, fieldWarnings } from './field-warnings.ts';

const none: readonly ReferenceEntry[] = [];

/** What is doubtful in a dossier's form; the bank's code is judged once the list of banks has come. */
export function useFieldWarnings(dossier: Dossier): FieldWarnings {
  const { data: banks = none } = useQuery({
    ...referenceQuery('banks'),
    enabled: dossier.sections.bankAccount !== null,
  });
  return useMemo(() => fieldWarnings(dossier, banks), [dossier, banks]);
}
