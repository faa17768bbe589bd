import { expect, test } from 'vitest';
import { decodeIssue, encodeIssue, type FieldIssue, fieldPath, issueResolver } from './form-errors.ts';

test('a JSON pointer becomes the path of a field', () => {
  expect(fieldPath('/managers/0/lastName')).toBe('managers.0.lastName');
  expect(fieldPath('/a~1b/c~0d')).toBe('a/b.c~d');
  expect(fieldPath('')).toBe('');
});

test('a code travels with its parameters; a sentence is left alone', () => {
  expect(decodeIssue(encodeIssue('too_long', { max: 255 }))).toEqual({
    code: 'too_long',
    params: { max: 255 },
  });
  expect(decodeIssue('required')).toEqual({ code: 'required', params: {} });
  expect(decodeIssue('Cet email est déjà utilisé !')).toBeUndefined();
});

test('issues of a judge stand on their fields, the first of each field', async () => {
  const issues: FieldIssue[] = [
    { pointer: '/managers/1/idNumber', code: 'duplicate' },
    { pointer: '/managers/1/idNumber', code: 'required' },
    { pointer: '/legalName', code: 'too_long', params: { max: 255 } },
    { pointer: '', code: 'min_items', params: { min: 1 } },
  ];
  const resolve = issueResolver(() => issues);
  const { errors } = await resolve({}, undefined, { fields: {}, shouldUseNativeValidation: false });
  expect(errors).toEqual({
    managers: { 1: { idNumber: { type: 'duplicate', message: 'duplicate' } } },
    legalName: { type: 'too_long', message: 'too_long {"max":255}' },
    root: { type: 'min_items', message: 'min_items {"min":1}' },
  });
});
