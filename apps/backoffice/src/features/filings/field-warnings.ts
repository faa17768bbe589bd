import type { Dossier, VerdictItem } from '@rnoce/schemas/filings';
import type { WarningCode } from '@rnoce/schemas/issues';
import type { ReferenceEntry } from '@rnoce/schemas/reference';
import { judgeSection, sectionsOf } from '@rnoce/schemas/sections';

export type FieldWarnings = ReadonlyMap<VerdictItem, WarningCode>;

/**
 * What is unusual in the form though it is accepted: keys, lengths, a RIB of another bank. For PortNet, whose numbers nothing is held
 * against; customs' are compared with BADR's.
 */
export function fieldWarnings(
  { authority, operatorType, sections }: Pick<Dossier, 'authority' | 'operatorType' | 'sections'>,
  banks: readonly ReferenceEntry[],
): FieldWarnings {
  if (authority !== 'portnet') return new Map();
  const context = {
    operatorType,
    authorities: [authority],
    // Neither the day nor the lists change what is doubtful.
    today: '',
    has: () => true,
    ribCodes: (bank: string) => banks.find(({ code }) => code === bank)?.ribCodes ?? [],
  };
  return new Map(
    sectionsOf(context).flatMap((section) => {
      const { warnings } = judgeSection(section, context, sections[section] ?? undefined);
      return warnings.map(({ pointer, code }): [VerdictItem, WarningCode] => [
        `${section}${pointer.replaceAll('/', '.')}`,
        code,
      ]);
    }),
  );
}
