import { expect, test } from 'vitest';
import { linkIsOver } from './link-is-over.ts';

const now = new Date('2026-11-22T10:15:00Z');

test('an invitation is over once its link is, to the minute, or when there is none', () => {
  const invited = (invitationExpiresAt: string | null) =>
    linkIsOver({ status: 'invited', invitationExpiresAt }, now);
  expect(invited('2026-11-22T10:16:00.000Z')).toBe(false);
  expect(invited('2026-11-22T10:15:40.000Z')).toBe(true);
  expect(invited('2026-11-21T10:15:00.000Z')).toBe(true);
  expect(invited(null)).toBe(true);
});

test('who is active or suspended awaits no link', () => {
  expect(linkIsOver({ status: 'active', invitationExpiresAt: null }, now)).toBe(false);
  expect(linkIsOver({ status: 'suspended', invitationExpiresAt: null }, now)).toBe(false);
});
