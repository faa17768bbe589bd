/** The code points that a font has a glyph for, from its `cmap` table in format 4 (OpenType, « Character to Glyph Index Mapping »); throws when it has none. */
export function readGlyphs(font: Buffer): ReadonlySet<number> {
  const cmap = tableOffset(font, 'cmap');
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index += 1) {
    const subtable = cmap + font.readUInt32BE(cmap + 8 + 8 * index);
    if (font.readUInt16BE(subtable) === 4) return segmentsOf(font, subtable);
  }
  throw new Error('This font has no table of its glyphs.');
}

function tableOffset(font: Buffer, tag: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const entry = 12 + 16 * index;
    if (font.toString('latin1', entry, entry + 4) === tag) return font.readUInt32BE(entry + 8);
  }
  throw new Error(`This font has no table « ${tag} ».`);
}

/** Segments of ranges from `start` to `end`; the last one, U+FFFF, ends the table. */
function segmentsOf(font: Buffer, subtable: number): Set<number> {
  const segments = font.readUInt16BE(subtable + 6) / 2;
  const points = new Set<number>();
  for (let segment = 0; segment < segments; segment += 1) {
    const end = font.readUInt16BE(subtable + 14 + 2 * segment);
    const start = font.readUInt16BE(subtable + 16 + 2 * (segments + segment));
    for (let point = start; point <= end && point !== 0xffff; point += 1) points.add(point);
  }
  return points;
}

/** Stands for what the font can't show: an emoji, a script other than Latin and Arabic. */
const unknown = '?';
const graphemes = new Intl.Segmenter('fr', { granularity: 'grapheme' });

/**
 * Text as the font can show it, since an accessible PDF may not hold a character without a glyph: letters that the font lacks lose their
 * marks (`č` → `c`), other signs become `?`, one each. Spaces of all kinds and line ends become plain or no-break spaces; control characters and direction
 * marks are left out, so that nobody's name can turn its neighbours around.
 */
export function showable(text: string, glyphs: ReadonlySet<number>): string {
  const has = (point: string) => glyphs.has(point.codePointAt(0) ?? -1);
  const tidy = text
    .normalize('NFC')
    .replaceAll(/[\u202f\u2007]/g, '\u00a0')
    .replaceAll(/(?!\u00a0)\s/gu, ' ');
  return Array.from(graphemes.segment(tidy), ({ segment }) => {
    const sign = segment.replaceAll(/[\p{Cc}\p{Cf}]/gu, '');
    if (Array.from(sign).every(has)) return sign;
    const plain = Array.from(sign.normalize('NFKD').replaceAll(/\p{M}/gu, '')).filter(has).join('');
    return plain === '' ? unknown : plain;
  }).join('');
}
