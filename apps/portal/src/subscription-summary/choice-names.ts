import type { MessageKey } from '@rnoce/i18n';

/** Where the names of a field's choices stand in the catalogue. */
const choiceNames = {
  entityType: 'entity-type',
  operatorType: 'operator-type',
  origin: 'origin',
  idType: 'id-type',
  department: 'department',
  ground: 'operation-ground',
  evidence: 'operation-evidence',
} as const;

/** The screens' word for a choice, `importer` → « Importateur »; undefined for a field without choices. */
export const choiceKey = (field: string, option: string): MessageKey | undefined =>
  field in choiceNames
    ? (`reference:${choiceNames[field as keyof typeof choiceNames]}.${option}` as MessageKey)
    : undefined;
