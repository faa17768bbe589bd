import { expect, test } from 'vitest';
import { bodyText } from './body-text.ts';

test('JSON is spread over lines, anything else is left', () => {
  expect(bodyText('{"type":"invoice.paid","data":{"amount":"840.00"}}')).toBe(
    '{\n  "type": "invoice.paid",\n  "data": {\n    "amount": "840.00"\n  }\n}',
  );
  expect(bodyText('<html>')).toBe('<html>');
});
