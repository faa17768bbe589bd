/**
 * The small XML of CMI's API, read by a reader of our own that knows nothing dangerous: elements, text, CDATA, comments, the five entities
 * and character numbers. A document type, a processing instruction, another entity or a deep or long document is refused, so there is no
 * entity to expand and no file to fetch. Attributes are skipped.
 */
export interface XmlElement {
  readonly name: string;
  /** Its own text, trimmed. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

export class XmlError extends Error {
  constructor(reason: string) {
    super(`Not an answer of CMI's API: ${reason}`);
    this.name = 'XmlError';
  }
}

const maxDepth = 8;
const maxElements = 2_000;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeText(text: string): string {
  return text.replaceAll(/&([^;&]{0,12});?/g, (entity, name: string) => {
    const [, decimal, hexadecimal] = /^#(?:(\d{1,7})|x([0-9a-fA-F]{1,6}))$/.exec(name) ?? [];
    const point =
      decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
    const known = Number.isNaN(point)
      ? entities[name]
      : point <= 0x10ffff
        ? String.fromCodePoint(point)
        : undefined;
    if (known === undefined || !entity.endsWith(';')) throw new XmlError('unknown entity');
    return known;
  });
}

const token =
  /<!--(?:[^-]|-(?!->))*-->|<!\[CDATA\[((?:[^\]]|\](?!\]>))*)\]\]>|<(\/?)([A-Za-z_][\w.-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;

type Open = { name: string; text: string; children: XmlElement[] };

/** Reads a document of one root element. Throws `XmlError` on anything else. */
export function parseXml(source: string): XmlElement {
  const text = source.replace(/^\uFEFF?\s*(?:<\?xml[^?<>]*\?>)?/, '').trim();
  const stack: Open[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  let position = 0;
  const close = (open: Open) => {
    const element = { name: open.name, text: open.text.trim(), children: open.children };
    const parent = stack.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  };
  while (position < text.length) {
    token.lastIndex = position;
    const match = token.exec(text);
    if (!match) throw new XmlError('not well formed');
    position = token.lastIndex;
    const [, cdata, slash, name, , empty, plain] = match;
    const current = stack.at(-1);
    if (plain !== undefined || cdata !== undefined) {
      if (!current) throw new XmlError('text outside the root');
      current.text += plain === undefined ? (cdata ?? '') : decodeText(plain);
    } else if (name !== undefined && slash === '/') {
      stack.pop();
      if (current?.name !== name) throw new XmlError('not well formed');
      close(current);
    } else if (name !== undefined) {
      elements += 1;
      if ((root && !current) || stack.length >= maxDepth || elements > maxElements)
        throw new XmlError('too deep, too long, or two roots');
      const opened = { name, text: '', children: [] };
      if (empty === '/') close(opened);
      else stack.push(opened);
    }
  }
  if (!root || stack.length > 0) throw new XmlError('not well formed');
  return root;
}

/** A child's text; undefined when there is none, or more than one: an answer that says two things says nothing. */
export function childText(element: XmlElement | undefined, name: string): string | undefined {
  const found = element?.children.filter((child) => child.name === name) ?? [];
  return found.length === 1 ? found[0]?.text : undefined;
}

/** The only child of that name. */
export function onlyChild(element: XmlElement, name: string): XmlElement | undefined {
  const found = element.children.filter((child) => child.name === name);
  return found.length === 1 ? found[0] : undefined;
}

/** XML of names and values, nested; values are escaped, and characters that no XML may hold refused. */
export type XmlContent = readonly (readonly [name: string, content: string | XmlContent])[];

export function writeXml(content: XmlContent): string {
  return content
    .map(([name, inner]) => {
      if (typeof inner !== 'string') return `<${name}>${writeXml(inner)}</${name}>`;
      // oxlint-disable-next-line no-control-regex -- these are the characters sought
      if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(inner))
        throw new RangeError('Not a character of XML.');
      const escaped = inner.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      return `<${name}>${escaped}</${name}>`;
    })
    .join('');
}
