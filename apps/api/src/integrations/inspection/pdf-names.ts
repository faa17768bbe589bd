import type { PdfRule } from './pdf-verdict.ts';

/** Where a name stands: as a key or a value in a dictionary (or alone, as a whole object), or in an array. */
export type NamePlace = 'key' | 'value' | 'element';

/**
 * Names which mean one thing only, so are refused wherever they stand.
 *
 * GoToR and GoToE open another file, possibly over the network with the reader's credentials; SubmitForm and
 * ImportData send or fetch data; Rendition plays a media file, possibly a remote one. Going to a page, to a web
 * address, printing (`Named`), hiding a field and clearing a form (`ResetForm`) are allowed.
 */
const ANYWHERE: ReadonlyMap<string, PdfRule> = new Map<string, PdfRule>([
  ['JavaScript', 'script'],
  ['OnInstantiate', 'script'],
  ['Launch', 'launch_action'],
  ['GoToR', 'launch_action'],
  ['GoToE', 'launch_action'],
  ['ImportData', 'launch_action'],
  ['SubmitForm', 'launch_action'],
  ['Rendition', 'launch_action'],
  ['EmbeddedFile', 'embedded_file'],
  ['EmbeddedFiles', 'embedded_file'],
  ['FileAttachment', 'embedded_file'],
  ['RichMedia', 'embedded_file'],
  ['RichMediaContent', 'embedded_file'],
  ['RichMediaExecute', 'embedded_file'],
]);

/** Short names, which could be a glyph's or a colour's in an array; in a dictionary they are what they say. */
const IN_DICTIONARY: ReadonlyMap<string, PdfRule> = new Map<string, PdfRule>([
  ['JS', 'script'],
  ['XFA', 'script'],
  ['Encrypt', 'encrypted'],
]);

const AS_KEY: ReadonlyMap<string, PdfRule> = new Map<string, PdfRule>([['Collection', 'embedded_file']]);

const AS_VALUE: ReadonlyMap<string, PdfRule> = new Map<string, PdfRule>([
  ['Movie', 'launch_action'],
  ['Sound', 'launch_action'],
]);

/** The rule which a decoded name breaks, by its mere presence at that place. */
export function ruleOfName(name: string, place: NamePlace): PdfRule | undefined {
  const anywhere = ANYWHERE.get(name);
  if (anywhere !== undefined || place === 'element') return anywhere;
  return IN_DICTIONARY.get(name) ?? (place === 'key' ? AS_KEY : AS_VALUE).get(name);
}
