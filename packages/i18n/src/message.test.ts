import { expect, test } from 'vitest';
import { formatMessage, interpolate } from './message.ts';
import { translate } from './translate.ts';

test('parameters are filled in; a missing one stays visible', () => {
  expect(interpolate('{{a}} et {{ b }}', { a: 1 })).toBe('1 et {{ b }}');
});

test('a count takes the form of the language', () => {
  const arabic = {
    ns: { k_zero: '0', k_one: '1', k_two: '2', k_few: '3-10', k_many: '11-99', k_other: '100' },
  };
  const forms = [0, 1, 2, 3, 11, 100].map((count) => formatMessage(arabic, 'ar', 'ns:k', { count }));
  expect(forms).toEqual(['0', '1', '2', '3-10', '11-99', '100']);
  const french = { ns: { k_one: '{{count}} jour', k_other: '{{count}} jours' } };
  expect(formatMessage(french, 'fr', 'ns:k', { count: 0 })).toBe('0 jour');
  // French has a form for millions, that no catalogue needs.
  expect(formatMessage(french, 'fr', 'ns:k', { count: 1_000_000 })).toBe('1000000 jours');
});

test('in Arabic, codes and Latin names stand between isolates; counts and Arabic names do not', () => {
  const arabic = { ns: { k: 'طلب {{code}} باسم {{name}} ({{count}})' } };
  const filled = (name: string) =>
    formatMessage(arabic, 'ar', 'ns:k', { code: '11092023I00000001138', name, count: 3 });
  expect(filled('سلمى')).toBe('طلب \u206811092023I00000001138\u2069 باسم سلمى (3)');
  expect(filled('Écho SARL')).toContain('باسم \u2068Écho SARL\u2069');
  expect(formatMessage({ ns: { k: 'N° {{code}}' } }, 'fr', 'ns:k', { code: 'A1' })).toBe('N° A1');
});

test('an unknown key comes back as it is', () => {
  expect(formatMessage({}, 'fr', 'ns:nothing')).toBe('ns:nothing');
});

test("the server's messages", () => {
  expect(translate('ar', 'reference:operator-type.customs_broker')).toBe('المعشر');
  expect(translate('en', 'errors:field.too_long', { max: 255 })).toBe(
    'This field cannot be longer than 255 characters.',
  );
});
