import type { FormContext } from '@rnoce/schemas/fields';
import type { ReferenceEntry, ReferenceList } from '@rnoce/schemas/reference';
import type { Section, SectionsDraft } from '@rnoce/schemas/sections';
import { createContext, type ReactNode, useContext } from 'react';
import type { Refusal } from './refusals.ts';
import type { Sections } from './section-values.ts';

/** The reference lists that a form asks from. */
export type Lists = Readonly<Partial<Record<ReferenceList, readonly ReferenceEntry[]>>>;

/** Element of the form that the address leads to, `company.ice`, with a token that changes at each visit. */
export interface Target {
  readonly element: string;
  readonly visit: string;
}

/** What the fields of a form share, whichever form it is: the wizard's, or that of an operation on the customs account. */
export interface FormFrame {
  readonly context: FormContext;
  readonly lists: Lists;
  /** The form as it is typed now. */
  readonly sections: Sections;
  /** The same, between two renderings. */
  readonly latest: () => Sections;
  /** Goes up when a section was replaced from outside: its form must start again. */
  readonly revisions: Readonly<Record<Section, number>>;
  readonly change: <S extends Section>(section: S, data: SectionsDraft[S]) => void;
  readonly flush: () => Promise<boolean>;
  /** What agents refused of it. */
  readonly refusals: readonly Refusal[];
  readonly target: Target | undefined;
  /** Where the managers are told, for who must choose one of them. */
  readonly managersPath: string;
  /** What stands under a field, `company.ice`, or on top of an item, `managers.0`. */
  readonly noteOf?: ((element: string) => ReactNode) | undefined;
  /** Goes up each time the form was asked to be sent: what is wrong is shown at every field. */
  readonly judged?: number;
}

export const FormFrameContext = createContext<FormFrame | undefined>(undefined);

export function useFormFrame(): FormFrame {
  const frame = useContext(FormFrameContext);
  if (!frame) throw new Error('A field of a form stands outside its form');
  return frame;
}
