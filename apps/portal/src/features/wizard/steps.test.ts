import { expect, it } from 'vitest';
import { countMissing } from './steps.ts';

const required = (pointer: string) => ({ pointer, code: 'required' as const });

it('counts what a step lacks', () => {
  const issues = [
    required('/company/ice'),
    required('/managers/0/lastName'),
    required('/managers/1/address'),
  ];
  expect(countMissing('company', issues)).toBe(1);
  expect(countMissing('managers', issues)).toBe(2);
  expect(countMissing('documents', issues)).toBe(0);
});

it('asks of the first manager as much as the card that stands open', () => {
  expect(countMissing('managers', [required('/managers')])).toBe(8);
});
