import { dir, type Locale } from '@rnoce/i18n';

/** What an e-mail is made of; the HTML and the plain text say the same. */
export type EmailBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly label: string; readonly hint: string; readonly url: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'list'; readonly items: readonly { title: string; detail: string }[] }
  /** Numbers, dates, amounts: each value keeps its own direction. */
  | { readonly kind: 'facts'; readonly facts: readonly { label: string; value: string }[] };

export interface EmailDocument {
  readonly locale: Locale;
  readonly subject: string;
  readonly product: string;
  readonly blocks: readonly EmailBlock[];
  readonly assistance: { readonly text: string; readonly url: string };
  readonly signature: string;
  readonly automatic: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that a person typed, safe in HTML and in its attributes. */
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** Mail programs drop style sheets: each element carries its own, with the colours of spec/interface.md. */
const styles = {
  page: 'margin:0;padding:24px 8px;background-color:#f5f7f9;',
  frame: 'max-width:600px;margin:0 auto;border-collapse:separate;',
  head: 'padding:16px 24px;background-color:#14213d;color:#ffffff;border-radius:8px 8px 0 0;font-size:20px;font-weight:bold;',
  body: 'padding:24px;background-color:#ffffff;color:#14213d;border:1px solid #d5dbe5;border-top:0;border-radius:0 0 8px 8px;font-size:16px;line-height:1.5;',
  font: "font-family:'IBM Plex Sans Arabic','Segoe UI',Tahoma,Arial,sans-serif;",
  paragraph: 'margin:0 0 16px;',
  button:
    'display:inline-block;padding:12px 24px;background-color:#0f6467;color:#ffffff;border-radius:8px;font-weight:bold;text-decoration:none;',
  hint: 'margin:0 0 16px;color:#4a5670;font-size:14px;',
  link: 'color:#0f6467;word-break:break-all;',
  code: 'display:inline-block;padding:8px 16px;border:1px solid #7a8599;border-radius:8px;font-size:28px;font-weight:bold;letter-spacing:6px;',
  facts: 'margin:0 0 16px;border-collapse:collapse;',
  label: 'padding:4px 0;color:#4a5670;font-weight:normal;vertical-align:top;',
  value: 'padding:4px 16px;font-weight:bold;vertical-align:top;',
  foot: 'margin:16px 0 0;padding-top:16px;border-top:1px solid #d5dbe5;color:#4a5670;font-size:14px;',
} as const;

function blockHtml(block: EmailBlock, start: 'left' | 'right'): string {
  switch (block.kind) {
    case 'text':
      return `<p style="${styles.paragraph}">${escapeHtml(block.text)}</p>`;
    case 'action': {
      const url = escapeHtml(block.url);
      return [
        `<p style="${styles.paragraph}"><a href="${url}" style="${styles.button}">${escapeHtml(block.label)}</a></p>`,
        `<p style="${styles.hint}">${escapeHtml(block.hint)}<br><a href="${url}" dir="ltr" style="${styles.link}">${url}</a></p>`,
      ].join('\n');
    }
    case 'code':
      return `<p style="${styles.paragraph}"><strong dir="ltr" style="${styles.code}">${escapeHtml(block.code)}</strong></p>`;
    case 'list':
      return `<ul style="${styles.paragraph}">\n${block.items
        .map(
          ({ title, detail }) =>
            `<li style="margin:0 0 8px;"><strong>${escapeHtml(title)}</strong>${detail === '' ? '' : `<br>${escapeHtml(detail)}`}</li>`,
        )
        .join('\n')}\n</ul>`;
    case 'facts':
      return `<table style="${styles.facts}">\n${block.facts
        .map(
          ({ label, value }) =>
            `<tr><th scope="row" align="${start}" style="${styles.label}">${escapeHtml(label)}</th><td style="${styles.value}"><bdi>${escapeHtml(value)}</bdi></td></tr>`,
        )
        .join('\n')}\n</table>`;
  }
}

/** The HTML part. It loads nothing from anywhere. */
export function emailHtml(document: EmailDocument): string {
  const { locale, subject, product, blocks, assistance, signature, automatic } = document;
  const direction = dir(locale);
  const align = direction === 'rtl' ? 'right' : 'left';
  const assistanceUrl = escapeHtml(assistance.url);
  return `<!doctype html>
<html lang="${locale}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escapeHtml(subject)}</title>
</head>
<body dir="${direction}" style="${styles.page}${styles.font}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" dir="${direction}" style="${styles.frame}">
<tr><td align="${align}" style="${styles.head}${styles.font}">RNOCE</td></tr>
<tr><td align="${align}" style="${styles.body}${styles.font}">
${blocks.map((block) => blockHtml(block, align)).join('\n')}
<p style="${styles.paragraph}">${escapeHtml(assistance.text)}<br><a href="${assistanceUrl}" dir="ltr" style="${styles.link}">${assistanceUrl}</a></p>
<p style="${styles.paragraph}">${escapeHtml(signature)}</p>
<p style="${styles.foot}">${escapeHtml(automatic)}<br>${escapeHtml(product)}</p>
</td></tr>
</table>
</body>
</html>
`;
}

function blockText(block: EmailBlock): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'action':
      return `${block.label}\n${block.url}`;
    case 'code':
      return `    ${block.code}`;
    case 'list':
      return block.items
        .map(
          ({ title, detail }) => `- ${title}${detail === '' ? '' : `\n  ${detail.replaceAll('\n', '\n  ')}`}`,
        )
        .join('\n');
    case 'facts':
      return block.facts.map(({ label, value }) => `- ${label}\n  ${value}`).join('\n');
  }
}

/** The plain text part: each link on a line of its own. */
export function emailText({ blocks, assistance, signature, automatic, product }: EmailDocument): string {
  return `${[
    ...blocks.map(blockText),
    `${assistance.text}\n${assistance.url}`,
    signature,
    `--\n${automatic}\n${product}`,
  ].join('\n\n')}\n`;
}
