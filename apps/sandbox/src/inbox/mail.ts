import PostalMime from 'postal-mime';
import { z } from 'zod';

/** A mail as the inbox keeps it. */
export const Mail = z.object({
  id: z.string(),
  /** When it was received. */
  date: z.iso.datetime(),
  /** Recipients of the envelope, as given. */
  to: z.array(z.string()),
  from: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  messageId: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  attachments: z
    .array(
      z.object({
        name: z.string(),
        mediaType: z.string(),
        sizeBytes: z.int(),
        /** Base 64; null once many mails came after this one. */
        content: z.string().nullable(),
      }),
    )
    .default([]),
});
export type Mail = z.infer<typeof Mail>;

export interface Received {
  raw: Buffer;
  from: string;
  to: string[];
  id: string;
  at: Date;
}

/** Reads a raw message. What can't be parsed is kept as text, so that no accepted mail disappears. */
export async function readMail({ raw, from, to, id, at }: Received): Promise<Mail> {
  const base = { id, date: at.toISOString(), to, from };
  try {
    const parsed = await PostalMime.parse(raw);
    return {
      ...base,
      subject: parsed.subject ?? '',
      text: parsed.text ?? '',
      html: parsed.html ?? '',
      messageId: parsed.messageId ?? '',
      headers: parsed.headers.map((header) => ({ name: header.originalKey, value: header.value })),
      attachments: parsed.attachments.map(({ filename, mimeType, content }) => {
        const bytes =
          typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content));
        return {
          name: filename ?? '',
          mediaType: mimeType,
          sizeBytes: bytes.length,
          content: bytes.toString('base64'),
        };
      }),
    };
  } catch {
    return {
      ...base,
      subject: '(message illisible)',
      text: raw.toString('utf8'),
      html: '',
      messageId: '',
      headers: [],
      attachments: [],
    };
  }
}

/** Web addresses found in both parts of a mail, each once, in order. */
export function linksOf(mail: Pick<Mail, 'text' | 'html'>): string[] {
  const inText = mail.text.match(/https?:\/\/[^\s<>"']+/g) ?? [];
  const inHtml = [...mail.html.matchAll(/href="(https?:\/\/[^"]+)"/g)].map((match) =>
    (match[1] ?? '').replaceAll('&amp;', '&'),
  );
  return [...new Set([...inText.map((link) => link.replace(/[.,;:!?)\]]+$/, '')), ...inHtml])];
}
