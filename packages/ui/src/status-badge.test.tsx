import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { StatusBadge } from './status-badge.tsx';

test('the pencil is for drafts alone, not for what is over', () => {
  expect(renderToStaticMarkup(<StatusBadge tone="draft">Brouillon</StatusBadge>)).toContain('icon-pencil');
  expect(renderToStaticMarkup(<StatusBadge tone="neutral">Expirée</StatusBadge>)).not.toContain(
    'icon-pencil',
  );
});
