/** A first look at a file's bytes, before a useless upload. The server judges again, and further. */
import type { FileRefusal } from '@rnoce/schemas/documents';

/** The header of a PDF may stand a little further: viewers accept it within this many bytes. */
const headBytes = 1024;

const startsWith = (head: Uint8Array, bytes: readonly number[], from = 0): boolean =>
  bytes.every((byte, index) => head[from + index] === byte);

const ascii = (text: string): readonly number[] => Array.from(text, (letter) => letter.charCodeAt(0));

const kinds: Readonly<Record<string, (head: Uint8Array) => boolean>> = {
  'application/pdf': (head) => new TextDecoder('latin1').decode(head).includes('%PDF-'),
  'image/png': (head) => startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  'image/jpeg': (head) => startsWith(head, [0xff, 0xd8, 0xff]),
  'image/webp': (head) => startsWith(head, ascii('RIFF')) && startsWith(head, ascii('WEBP'), 8),
};

/** The rule that a file breaks at first sight, whatever its name and declared type say; undefined when it may be sent. */
export async function fileRefusal(
  file: Blob,
  mediaTypes: readonly string[],
): Promise<Extract<FileRefusal, 'empty' | 'not_pdf' | 'not_image'> | undefined> {
  if (file.size === 0) return 'empty';
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  if (mediaTypes.some((type) => kinds[type]?.(head) === true)) return undefined;
  return mediaTypes.includes('application/pdf') ? 'not_pdf' : 'not_image';
}
