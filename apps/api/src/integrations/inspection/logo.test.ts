import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLogo, LOGO_MAX_BYTES, type LogoRule, type LogoType } from './logo.ts';
import { latin, noise } from './pdf-samples.ts';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([latin(type), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}

const PNG_SIGNATURE = latin('\u0089PNG\r\n\u001a\n');

function header(width: number, height: number, depth = 8, colour = 2): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colour], 8);
  return chunk('IHDR', data);
}

const PIXELS = chunk('IDAT', deflateSync(Buffer.alloc(100)));
const END = chunk('IEND', Buffer.alloc(0));

const png = (width: number, height: number, ...extra: Buffer[]): Buffer =>
  Buffer.concat([PNG_SIGNATURE, header(width, height), ...extra, PIXELS, END]);

function segment(marker: number, data: Buffer): Buffer {
  const start = Buffer.from([0xff, marker, 0, 0]);
  start.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([start, data]);
}

function frame(width: number, height: number, marker = 0xc0): Buffer {
  const data = Buffer.alloc(9);
  data.writeUInt8(8, 0);
  data.writeUInt16BE(height, 1);
  data.writeUInt16BE(width, 3);
  data.writeUInt8(1, 5);
  return segment(marker, data);
}

const SCAN = Buffer.concat([segment(0xda, Buffer.alloc(6)), Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4])]);
const EOI = Buffer.from([0xff, 0xd9]);

const jpeg = (...segments: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xe0, latin('JFIF\0')), ...segments, EOI]);

function riffChunk(type: string, data: Buffer): Buffer {
  const start = Buffer.alloc(8);
  start.write(type, 'latin1');
  start.writeUInt32LE(data.length, 4);
  return Buffer.concat([start, data, Buffer.alloc(data.length % 2)]);
}

function webp(...chunks: Buffer[]): Buffer {
  return riffChunk('RIFF', Buffer.concat([latin('WEBP'), ...chunks]));
}

function lossy(width: number, height: number): Buffer {
  const data = Buffer.alloc(20);
  data.set([0x9d, 0x01, 0x2a], 3);
  data.writeUInt16LE(width, 6);
  data.writeUInt16LE(height, 8);
  return riffChunk('VP8 ', data);
}

function lossless(width: number, height: number): Buffer {
  const data = Buffer.alloc(9);
  data.writeUInt8(0x2f, 0);
  data.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  return riffChunk('VP8L', data);
}

function canvas(width: number, height: number, flags = 0): Buffer {
  const data = Buffer.alloc(10);
  data.writeUInt8(flags, 0);
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return riffChunk('VP8X', data);
}

/** A PNG of exactly so many bytes. */
const sized = (size: number): Buffer => {
  const overhead = png(1, 1, chunk('tEXt', Buffer.alloc(0))).length;
  return png(1, 1, chunk('tEXt', noise(size - overhead)));
};

const GOOD: readonly (readonly [string, Buffer, LogoType, number, number])[] = [
  ['a PNG', png(300, 200), 'image/png', 300, 200],
  ['a PNG with a text', png(4096, 4096, chunk('tEXt', latin('a\0b'))), 'image/png', 4096, 4096],
  [
    'a PNG with a palette',
    Buffer.concat([PNG_SIGNATURE, header(9, 8, 4, 3), chunk('PLTE', Buffer.alloc(6)), PIXELS, END]),
    'image/png',
    9,
    8,
  ],
  ['a PNG of exactly 1 MiB', sized(LOGO_MAX_BYTES), 'image/png', 1, 1],
  ['a JPEG', jpeg(frame(640, 480), SCAN), 'image/jpeg', 640, 480],
  [
    'a progressive JPEG',
    jpeg(frame(640, 480, 0xc2), SCAN, segment(0xc4, Buffer.alloc(4)), SCAN),
    'image/jpeg',
    640,
    480,
  ],
  ['a lossy WebP', webp(lossy(120, 90)), 'image/webp', 120, 90],
  ['a lossless WebP', webp(lossless(1000, 1)), 'image/webp', 1000, 1],
  [
    'an extended WebP',
    webp(canvas(50, 60), riffChunk('ICCP', Buffer.alloc(3)), lossless(50, 60)),
    'image/webp',
    50,
    60,
  ],
];

const BAD: readonly (readonly [string, Buffer, LogoRule])[] = [
  ['nothing', Buffer.alloc(0), 'empty'],
  ['one byte over 1 MiB', sized(LOGO_MAX_BYTES + 1), 'too_large'],
  ['SVG', latin('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'not_image'],
  ['GIF', latin('GIF89a\0\0\0\0'), 'not_image'],
  ['a PDF', latin('%PDF-1.4'), 'not_image'],
  ['RIFF audio', latin('RIFF\0\0\0\0WAVEfmt '), 'not_image'],
  ['a PNG signature alone', PNG_SIGNATURE, 'unreadable'],
  ['a truncated PNG', png(9, 9).subarray(0, -5), 'unreadable'],
  ['a PNG with an archive behind', Buffer.concat([png(9, 9), latin('PK\u0003\u0004')]), 'unreadable'],
  [
    'a PNG with a wrong checksum',
    Buffer.concat([PNG_SIGNATURE, header(9, 9).fill(7, 21), PIXELS, END]),
    'unreadable',
  ],
  ['a PNG without pixels', Buffer.concat([PNG_SIGNATURE, header(9, 9), END]), 'unreadable'],
  [
    'a PNG without its palette',
    Buffer.concat([PNG_SIGNATURE, header(9, 9, 8, 3), PIXELS, END]),
    'unreadable',
  ],
  [
    'a PNG of an impossible depth',
    Buffer.concat([PNG_SIGNATURE, header(9, 9, 3), PIXELS, END]),
    'unreadable',
  ],
  ['a PNG without size', png(0, 9), 'unreadable'],
  ['two headers', png(9, 9, header(8, 8)), 'unreadable'],
  ['a PNG too wide', png(4097, 1), 'too_complex'],
  ['a PNG of two thousand million pixels', png(0x7fff_ffff, 0x7fff_ffff), 'too_complex'],
  ['an animated PNG', png(9, 9, chunk('acTL', Buffer.alloc(8))), 'too_complex'],
  ['a JPEG start alone', Buffer.from([0xff, 0xd8, 0xff]), 'unreadable'],
  ['a truncated JPEG', jpeg(frame(9, 9), SCAN).subarray(0, -2), 'unreadable'],
  [
    'a JPEG with an archive behind',
    Buffer.concat([jpeg(frame(9, 9), SCAN), latin('PK\u0003\u0004')]),
    'unreadable',
  ],
  ['a JPEG without picture', jpeg(), 'unreadable'],
  ['a JPEG without frame', jpeg(SCAN), 'unreadable'],
  ['a lossless JPEG, which browsers do not show', jpeg(frame(9, 9, 0xc3), SCAN), 'unreadable'],
  ['a JPEG without height', jpeg(frame(9, 0), SCAN), 'unreadable'],
  ['a JPEG too high', jpeg(frame(9, 5000), SCAN), 'too_complex'],
  ['a truncated WebP', webp(lossy(9, 9)).subarray(0, -1), 'unreadable'],
  [
    'a WebP with an archive behind',
    Buffer.concat([webp(lossy(9, 9)), latin('PK\u0003\u0004')]),
    'unreadable',
  ],
  ['a WebP without picture', webp(canvas(9, 9)), 'unreadable'],
  ['an animated WebP', webp(canvas(9, 9, 2), lossy(9, 9)), 'too_complex'],
  ['a WebP too wide', webp(lossy(5000, 9)), 'too_complex'],
];

describe('checkLogo', () => {
  test.each(GOOD)('accepts %s', (_, bytes, mime, width, height) => {
    expect(checkLogo(bytes)).toMatchObject({ ok: true, mime, width, height });
  });

  test.each(BAD)('refuses %s', (_, bytes, rule) => {
    expect(checkLogo(bytes)).toEqual({ ok: false, rule });
  });

  test('gives a verdict on damaged images, and accepts none cut short', () => {
    const images = GOOD.map(([, bytes]) => bytes).filter((bytes) => bytes.length < 1000);
    fc.assert(
      fc.property(fc.constantFrom(...images), fc.nat(), fc.nat(255), (image, at, code) => {
        const damaged = Buffer.from(image);
        damaged[at % image.length] = code;
        expect(checkLogo(damaged)).toHaveProperty('ok');
        expect(checkLogo(image.subarray(0, at % image.length))).toHaveProperty('ok', false);
      }),
      { numRuns: 3000 },
    );
  });
});
