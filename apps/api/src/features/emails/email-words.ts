import type { MessageParams } from '@rnoce/i18n';
import type { translate } from '@rnoce/i18n/translate';
import type { EmailBlock } from './email-document.ts';
import type { EmailTemplate, EmailTemplateData } from './emails.templates.ts';

export type Key = Parameters<typeof translate>[1];
export type Translate = (key: Key, params?: MessageParams) => string;

/** What the words of an e-mail are made with, in its language. */
export interface Words {
  readonly t: Translate;
  /** Several things in one sentence: « Douane et PortNet ». */
  readonly list: (items: readonly string[]) => string;
  /** A link's button. `path` is below the public address. */
  readonly action: (key: Key, path: string) => EmailBlock;
}

/** What an e-mail of this kind says. */
export type Content<Template extends EmailTemplate> = (
  data: EmailTemplateData[Template],
  words: Words,
) => EmailBlock[];

export const paragraph = (text: string): EmailBlock => ({ kind: 'text', text });

export type Fact = readonly [label: string, value: string];
export const facts = (given: readonly Fact[]): EmailBlock => ({
  kind: 'facts',
  facts: given.map(([label, value]) => ({ label, value })),
});
