import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDisposition, safeFileName } from './file-names.ts';

describe('the name of a file', () => {
  it.each([
    ['Statuts.pdf', 'Statuts.pdf'],
    ['Registre de commerce (modèle J).PDF', 'Registre de commerce (modèle J).PDF'],
    ['القانون الأساسي.pdf', 'القانون الأساسي.pdf'],
    ['C:\\Users\\moi\\Bureau\\ice.pdf', 'ice.pdf'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['facture.exe', 'facture.exe.pdf'],
    ['inno\u202efdp.exe', 'innofdp.exe.pdf'],
    ['a"b\r\nSet-Cookie: x.pdf', 'abSet-Cookie x.pdf'],
    ['', 'articles.pdf'],
    ['.pdf', 'pdf.pdf'],
    [`a${'😀'.repeat(100)}.pdf`, `a${'😀'.repeat(74)}.pdf`],
    ['...', 'articles.pdf'],
  ])('of %j is %j', (given, expected) => {
    expect(safeFileName(given, 'application/pdf', 'articles')).toBe(expected);
  });

  it('says what the bytes are, whatever was sent', () => {
    expect(safeFileName('logo.jpeg', 'image/jpeg', 'logo')).toBe('logo.jpeg');
    expect(safeFileName('logo.gif', 'image/webp', 'logo')).toBe('logo.gif.webp');
  });

  it('fits a header and a folder, always', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        const name = safeFileName(given, 'application/pdf', 'ice');
        expect(name.toLowerCase()).toMatch(/^[^/\\]+\.pdf$/);
        expect(name.length).toBeLessThanOrEqual(154);
        const header = contentDisposition('attachment', name);
        expect(header).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w.!#$&+^`|~%-]+$/);
        expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe(name);
      }),
    );
  });
});
