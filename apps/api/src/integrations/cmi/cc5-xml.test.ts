import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childText, onlyChild, parseXml, writeXml, XmlError } from './cc5-xml.ts';

/** What other than an `XmlError` came out. */
function failureOf(source: string): string {
  try {
    parseXml(source);
    return 'none';
  } catch (error) {
    return error instanceof XmlError ? 'none' : String(error);
  }
}

describe('parseXml', () => {
  it('reads an answer of CMI', () => {
    const root = parseXml(
      '<?xml version="1.0" encoding="ISO-8859-9"?>\n<CC5Response>\n <!-- c --> <OrderId a="1">PN-1</OrderId><ErrMsg><![CDATA[a < b]]> &amp; &#233;</ErrMsg><Extra><TRANS_STAT>C</TRANS_STAT><X/></Extra></CC5Response>',
    );
    expect(root.name).toBe('CC5Response');
    expect(childText(root, 'OrderId')).toBe('PN-1');
    expect(childText(root, 'ErrMsg')).toBe('a < b & é');
    expect(childText(onlyChild(root, 'Extra'), 'TRANS_STAT')).toBe('C');
    expect(childText(onlyChild(root, 'Extra'), 'X')).toBe('');
  });

  it('takes what is said twice for not said', () => {
    const root = parseXml('<a><b>1</b><b>2</b></a>');
    expect(childText(root, 'b')).toBeUndefined();
    expect(onlyChild(root, 'b')).toBeUndefined();
  });

  it.each([
    '',
    'text',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '<a/>x',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    '<!DOCTYPE a><a/>',
    '<a>&unknown;</a>',
    '<a>& b</a>',
    '<?php echo 1 ?><a/>',
    '<a><?pi?></a>',
    '<a><!ENTITY x "y"></a>',
    '<a b=c/>',
    '<a b="<"/>',
    '<a>&#x110000;</a>',
    '<a>'.repeat(9) + '</a>'.repeat(9),
    `<a>${'<b/>'.repeat(2_000)}</a>`,
    '<a><![CDATA[x]]</a>',
  ])('refuses %#', (source) => {
    expect(() => parseXml(source)).toThrow(XmlError);
  });

  it('never fails otherwise, and takes no more than a moment', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<a',
      '>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&amp;',
      '&',
      '"',
      ' b="',
      'x',
      '<!',
      '<?',
      '-',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        expect(failureOf(pieces.join(''))).toBe('none');
      }),
      { numRuns: 2_000 },
    );
    for (const hostile of [
      `<a ${'b="c" '.repeat(50_000)}`,
      `<!--${'-'.repeat(200_000)}`,
      `<a>${'&'.repeat(100_000)}`,
    ])
      expect(() => parseXml(hostile)).toThrow(XmlError);
  });

  it('reads back what writeXml writes', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => {
      try {
        writeXml([['a', value]]);
        return value.trim() === value && !value.includes('\r');
      } catch {
        return false;
      }
    });
    fc.assert(
      fc.property(text, (value) => {
        expect(childText(parseXml(writeXml([['a', [['b', value]]]])), 'b')).toBe(value);
      }),
    );
    expect(() => writeXml([['a', '\u0000']])).toThrow(RangeError);
  });
});
