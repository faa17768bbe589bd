/** The kinds of lexical tokens of a PDF (ISO 32000-2, 7.2 and 7.3). */
export const Token = {
  end: 0,
  name: 1,
  string: 2,
  number: 3,
  keyword: 4,
  dictOpen: 5,
  dictClose: 6,
  arrayOpen: 7,
  arrayClose: 8,
} as const;

export type TokenKind = (typeof Token)[keyof typeof Token];

const WHITESPACE = 1;
const DELIMITER = 2;
const CLASS = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) CLASS[code] = WHITESPACE;
for (const character of '()<>[]{}/%') CLASS[character.charCodeAt(0)] = DELIMITER;

const LF = 10;
const CR = 13;
const PERCENT = 37;
const PAREN_OPEN = 40;
const PAREN_CLOSE = 41;
const SLASH = 47;
const ANGLE_OPEN = 60;
const ANGLE_CLOSE = 62;
const BRACKET_OPEN = 91;
const BACKSLASH = 92;
const BRACKET_CLOSE = 93;

export function isWhitespace(code: number | undefined): boolean {
  return code !== undefined && CLASS[code] === WHITESPACE;
}

export function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 48 && code <= 57;
}

function isNumeric(code: number | undefined): boolean {
  return isDigit(code) || code === 43 || code === 45 || code === 46;
}

/** The characters which a name stands for: `J#61vaScript` is `JavaScript`. */
function decodeName(raw: string): string {
  if (!raw.includes('#')) return raw;
  return raw.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/**
 * Reads the tokens of a PDF from any place of it, without ever failing: what makes no sense becomes a keyword,
 * what never closes ends with the bytes. Viewers repair what they read, so a strict lexer would be blind to it.
 */
export class PdfLexer {
  readonly bytes: Buffer;
  /** Where the next token is looked for. */
  position: number;
  /** Where the last token starts. */
  start = 0;

  constructor(bytes: Buffer, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  /** Goes to the next token, and tells its kind; `start` and `position` then enclose it. */
  next(): TokenKind {
    this.skipBlanks();
    const { bytes } = this;
    this.start = this.position;
    if (this.position >= bytes.length) return Token.end;
    const code = bytes[this.position];
    if (code === SLASH) {
      this.position += 1;
      this.skipRegular();
      return Token.name;
    }
    if (code === PAREN_OPEN) {
      this.skipString();
      return Token.string;
    }
    if (code === ANGLE_OPEN) {
      if (bytes[this.position + 1] === ANGLE_OPEN) return this.punctuation(Token.dictOpen, 2);
      this.skipHexString();
      return Token.string;
    }
    if (code === ANGLE_CLOSE && bytes[this.position + 1] === ANGLE_CLOSE) {
      return this.punctuation(Token.dictClose, 2);
    }
    if (code === BRACKET_OPEN) return this.punctuation(Token.arrayOpen, 1);
    if (code === BRACKET_CLOSE) return this.punctuation(Token.arrayClose, 1);
    if (code !== undefined && CLASS[code] === DELIMITER) return this.punctuation(Token.keyword, 1);
    if (isNumeric(code)) {
      this.position += 1;
      while (isNumeric(bytes[this.position])) this.position += 1;
      return Token.number;
    }
    this.skipKeyword();
    return Token.keyword;
  }

  /** The decoded name, after `next()` has told {@link Token.name}. */
  name(): string {
    return decodeName(this.bytes.toString('latin1', this.start + 1, this.position));
  }

  /** The keyword's text, after {@link Token.keyword}; a long one is cut, no keyword of PDF is long. */
  keyword(): string {
    return this.bytes.toString('latin1', this.start, Math.min(this.position, this.start + 16));
  }

  /** The number, after {@link Token.number}; NaN when it is none (`--1`, `1.2.3`). */
  number(): number {
    return Number(this.bytes.toString('latin1', this.start, Math.min(this.position, this.start + 32)));
  }

  /**
   * When the last token was an integer and ` <generation> R` follows, goes past it and tells so.
   * A comment between the parts is not followed: no writer makes one.
   */
  takeReference(): boolean {
    const { bytes } = this;
    let at = this.position;
    if (!isWhitespace(bytes[at])) return false;
    while (isWhitespace(bytes[at])) at += 1;
    const generation = at;
    while (isDigit(bytes[at])) at += 1;
    if (at === generation || !isWhitespace(bytes[at])) return false;
    while (isWhitespace(bytes[at])) at += 1;
    if (bytes[at] !== 82) return false;
    const after = bytes[at + 1];
    if (after !== undefined && CLASS[after] === 0) return false;
    this.position = at + 1;
    return true;
  }

  /** Goes past white space and comments. */
  skipBlanks(): void {
    const { bytes } = this;
    for (;;) {
      const code = bytes[this.position];
      if (isWhitespace(code)) {
        this.position += 1;
      } else if (code === PERCENT) {
        while (this.position < bytes.length && bytes[this.position] !== LF && bytes[this.position] !== CR) {
          this.position += 1;
        }
      } else {
        return;
      }
    }
  }

  private punctuation(kind: TokenKind, length: number): TokenKind {
    this.position += length;
    return kind;
  }

  private skipRegular(): void {
    const { bytes } = this;
    while (this.position < bytes.length && CLASS[bytes[this.position] ?? 0] === 0) this.position += 1;
  }

  /** A keyword starts with a letter, but `endobj5 0 obj` is two tokens for every reader: digits end it. */
  private skipKeyword(): void {
    const { bytes } = this;
    while (
      this.position < bytes.length &&
      CLASS[bytes[this.position] ?? 0] === 0 &&
      !isDigit(bytes[this.position])
    ) {
      this.position += 1;
    }
  }

  private skipString(): void {
    const { bytes } = this;
    let open = 0;
    while (this.position < bytes.length) {
      const code = bytes[this.position];
      this.position += 1;
      if (code === BACKSLASH) {
        this.position += 1;
      } else if (code === PAREN_OPEN) {
        open += 1;
      } else if (code === PAREN_CLOSE) {
        open -= 1;
        if (open === 0) return;
      }
    }
    this.position = bytes.length;
  }

  private skipHexString(): void {
    const end = this.bytes.indexOf(ANGLE_CLOSE, this.position);
    this.position = end < 0 ? this.bytes.length : end + 1;
  }
}
