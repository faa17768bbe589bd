import { casablancaDate } from '@rnoce/schemas/casablanca-time';
import type { FormContext } from '@rnoce/schemas/fields';
import { useMemo, useState } from 'react';
import type { Lists } from './form-frame.ts';

/** What the rules of a form depend on, the reference lists as sets. The day is that on which the form was opened. */
export function useRules(
  operatorType: FormContext['operatorType'],
  authorities: FormContext['authorities'],
  lists: Lists,
): FormContext {
  const [today] = useState(() => casablancaDate(new Date()));
  return useMemo(() => {
    const codes = new Map(
      Object.entries(lists).map(([list, entries]) => [list, new Set(entries.map(({ code }) => code))]),
    );
    const ribCodes = new Map((lists.banks ?? []).map((bank) => [bank.code, bank.ribCodes ?? []]));
    return {
      operatorType,
      authorities,
      today,
      has: (list, code) => codes.get(list)?.has(code) ?? true,
      ribCodes: (bank) => ribCodes.get(bank) ?? [],
    };
  }, [operatorType, authorities, lists, today]);
}
