import { expect, test } from 'vitest';
import { elementOf, stepOfElement } from './reasons.ts';

test('a reason leads to the step of what it is about', () => {
  const steps = [
    { document: 'ice' },
    { field: 'company.legalName' },
    { field: 'managers.0.idNumber' },
    undefined,
  ].map((about) => stepOfElement(elementOf(about)));
  expect(steps).toEqual(['documents', 'company', 'managers', 'review']);
  expect(elementOf({ document: 'ice' })).toBe('documents.ice');
});
