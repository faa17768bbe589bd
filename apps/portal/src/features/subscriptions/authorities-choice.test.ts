import { expect, test } from 'vitest';
import { type AuthoritiesChoice, chosenOf, followChoice } from './authorities-choice.ts';

const both = ['customs', 'portnet'] as const;
const nothing: AuthoritiesChoice = { customs: false, portnet: false, updateOnly: false };

test('PortNet chosen first brings customs with it, and says so', () => {
  const { choice, consequence } = followChoice({ ...nothing, portnet: true }, 'portnet', both);
  expect(chosenOf(choice, both)).toEqual(['customs', 'portnet']);
  expect(consequence).toBe('customs-added');
});

test('without customs there is neither PortNet nor a change of data', () => {
  const { choice, consequence } = followChoice({ ...nothing, portnet: true }, 'customs', both);
  expect(choice).toEqual(nothing);
  expect(consequence).toBe('portnet-dropped');
  expect(followChoice(nothing, 'customs', both).consequence).toBeUndefined();
});

test('changing data at customs is for customs alone', () => {
  const { choice, consequence } = followChoice(
    { customs: true, portnet: true, updateOnly: true },
    'updateOnly',
    both,
  );
  expect(choice).toEqual({ customs: true, portnet: false, updateOnly: true });
  expect(consequence).toBe('update-only-alone');
  expect(followChoice({ ...nothing, updateOnly: true }, 'updateOnly', both)).toEqual({
    choice: { customs: true, portnet: false, updateOnly: true },
    consequence: undefined,
  });
});

test('after a customs filing PortNet stands alone', () => {
  const { choice, consequence } = followChoice({ ...nothing, portnet: true }, 'portnet', ['portnet']);
  expect(chosenOf(choice, ['portnet'])).toEqual(['portnet']);
  expect(consequence).toBeUndefined();
  expect(chosenOf({ ...nothing, customs: true }, ['portnet'])).toEqual([]);
});
