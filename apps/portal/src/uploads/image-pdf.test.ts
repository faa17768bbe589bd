import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';
import { type ImagePage, imagePdf } from './image-pdf.ts';

/** A whole JPEG of one grey pixel. */
const pixel = Uint8Array.from(
  atob(
    '/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==',
  ),
  (byte) => byte.charCodeAt(0),
);
const page = (pointWidth: number, pointHeight: number): ImagePage => ({
  jpeg: pixel,
  pixelWidth: 1,
  pixelHeight: 1,
  pointWidth,
  pointHeight,
});

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

test('pdf.js opens it: as many pages, of the same size, each with its picture', async () => {
  const task = getDocument({ data: imagePdf([page(595.28, 841.89), page(842, 595)]), verbosity: 0 });
  const document = await task.promise;
  expect(document.numPages).toBe(2);
  expect((await document.getPage(1)).view).toEqual([0, 0, 595.28, 841.89]);
  const second = await document.getPage(2);
  expect(second.view).toEqual([0, 0, 842, 595]);
  const { fnArray } = await second.getOperatorList();
  expect(fnArray.filter((operator) => operator === OPS.paintImageXObject)).toHaveLength(1);
  await task.destroy();
});

test('the cross-reference table leads to each object', () => {
  const text = latin1(imagePdf([page(100, 200), page(100, 200), page(100, 200)]));
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  expect(text.slice(table, table + 5)).toBe('xref\n');
  const offsets = [...text.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) =>
    Number(offset),
  );
  expect(offsets).toHaveLength(2 + 3 * 3);
  for (const [index, offset] of offsets.entries()) {
    expect(text.slice(offset).startsWith(`${index + 1} 0 obj\n`)).toBe(true);
  }
});

test('every stream has the length that it says', () => {
  const text = latin1(imagePdf([page(100, 200)]));
  const streams = [...text.matchAll(/\/Length (\d+) >>\nstream\n/g)];
  expect(streams).toHaveLength(2);
  for (const match of streams) {
    const start = match.index + match[0].length;
    expect(text.slice(start + Number(match[1])).startsWith('\nendstream')).toBe(true);
  }
});

test('without a page there is no document', () => {
  expect(() => imagePdf([])).toThrow(RangeError);
});
