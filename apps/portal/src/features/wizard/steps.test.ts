import { steps } from '@rnoce/schemas/subscriptions';
import { expect, it } from 'vitest';
import { countMissing } from '../../form-sections/count-missing.ts';
import { askedNow, groupOpened, missingIn, nextStep, previousStep } from './steps.ts';

const required = (pointer: string) => ({ pointer, code: 'required' as const });

it('counts what a step lacks', () => {
  const issues = [
    required('/company/ice'),
    required('/managers/0/lastName'),
    required('/managers/1/address'),
  ];
  expect(missingIn('company', issues)).toBe(1);
  expect(missingIn('managers', issues)).toBe(2);
  expect(missingIn('documents', issues)).toBe(0);
});

it('asks of the first manager as much as the card that stands open', () => {
  expect(missingIn('managers', [{ pointer: '/managers', code: 'min_items' }])).toBe(8);
  expect(missingIn('singleWindowUsers', [{ pointer: '/singleWindowUsers', code: 'min_items' }])).toBe(6);
});

it('counts all of the form as its steps do, one by one', () => {
  const issues = [
    required('/company/ice'),
    { pointer: '/managers', code: 'min_items' },
    required('/documents/identity'),
    required('/documents/contract'),
  ];
  const bySteps = steps.map((step) => missingIn(step, issues));
  expect(countMissing(issues)).toBe(bySteps.reduce((sum, count) => sum + count));
});

it('leads through the steps of this form alone', () => {
  const customs = { operatorType: 'importer', authorities: ['customs'] } as const;
  const joint = { operatorType: 'importer', authorities: ['customs', 'portnet'] } as const;
  const exporter = { ...joint, operatorType: 'exporter' } as const;
  expect(nextStep(customs, 'managers')).toBe('documents');
  expect(nextStep(joint, 'managers')).toBe('legalRepresentative');
  expect(nextStep(joint, 'contacts')).toBe('bankAccount');
  expect(nextStep(exporter, 'contacts')).toBe('contract');
  expect(nextStep(exporter, 'contract')).toBe('review');
  expect(previousStep(customs, 'company')).toBeUndefined();
  expect([customs, joint].map((context) => groupOpened(context, 'singleWindowUsers'))).toEqual([
    undefined,
    'other',
  ]);
  expect(groupOpened(customs, 'company')).toBe('base');
  expect(groupOpened(joint, 'documents')).toBeUndefined();
});

it('leaves out the steps of an authority that has its part', () => {
  const filing = (
    authority: 'customs' | 'portnet',
    status: 'in_review' | 'incomplete' | 'draft',
    event: string,
  ) => ({
    authority,
    status,
    history: [{ event }],
  });
  const form = (...filings: ReturnType<typeof filing>[]) =>
    askedNow({ operatorType: 'importer', filings } as unknown as Parameters<typeof askedNow>[0]);
  const customsAlone = form(
    filing('customs', 'incomplete', 'reopened'),
    filing('portnet', 'in_review', 'submitted'),
  );
  expect(nextStep(customsAlone, 'managers')).toBe('documents');
  expect(nextStep(customsAlone, 'documents')).toBe('review');
  const both = form(filing('customs', 'draft', 'created'), filing('portnet', 'draft', 'created'));
  expect(nextStep(both, 'managers')).toBe('legalRepresentative');
});
