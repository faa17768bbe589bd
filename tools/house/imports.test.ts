import { expect, test } from 'vitest';
import { importViolations } from './imports.ts';
import { matches, readMatching } from './source-files.ts';

test('imports go schemas → db → features → app', () => {
  const files = readMatching(/^(apps|packages)\/.*\.(ts|tsx)$/);
  expect(files.length).toBeGreaterThan(0);
  expect(importViolations(files)).toEqual([]);
});

test('dialogs are those of the kit: one of Mantine that is drawn open loses the focus when it closes', () => {
  const files = readMatching(/^(apps|packages)\/.*\.tsx$/);
  const mantineModal = /import \{[^}]*\b(Modal|Drawer)\b[^}]*\} from '@mantine\/core'/;
  const found = files.flatMap((file) => matches(file, mantineModal));
  expect(found.map((place) => place.split(':')[0])).toEqual(['packages/ui/src/dialog.tsx']);
});

test('lists, dates and files are chosen by the controls of the kit: bare ones have no arrow, or speak the browser’s language', () => {
  const files = readMatching(/^apps\/(portal|backoffice)\/.*\.tsx$/);
  const bare = /<select\b|type="(date|file)"/;
  expect(files.flatMap((file) => matches(file, bare))).toEqual([]);
});

test.each([
  ['packages/ui/src/button.tsx', "import type { Filing } from '@rnoce/schemas/filings';"],
  ['packages/api-client/src/call.ts', "import { leadOn } from '@rnoce/shell/lead-on';"],
  ['packages/shell/src/session/guard.ts', "import { paths } from '@rnoce/portal/paths';"],
  ['apps/payment/src/main.tsx', "import { startApplication } from '@rnoce/shell/application';"],
  ['packages/schemas/src/filings.ts', "import { t } from '@rnoce/i18n';"],
  ['packages/i18n/src/index.ts', "import { env } from '@rnoce/api/env';"],
  ['apps/portal/src/features/accounts/sign-in.tsx', "import { List } from '../subscriptions/list.tsx';"],
  ['apps/portal/src/features/accounts/sign-in.tsx', "const page = import('../../app/router.tsx');"],
  ['apps/portal/src/main.tsx', "import '../../backoffice/src/styles.css';"],
  ['apps/api/src/db/schema/filings.ts', "import { policy } from '../../features/filings/filings.policy.ts';"],
  ['apps/api/src/integrations/badr/badr.ts', "import { send } from '../mail/mail.ts';"],
  ['apps/api/src/features/filings/filings.routes.ts', "import {\n  buildApp,\n} from '../../app.ts';"],
])('%s may not: %s', (path, text) => {
  expect(importViolations([{ path, text }])).toHaveLength(1);
});

test('a feature imports its own files, the packages and what is below it', () => {
  const text = [
    "import { a } from './a.ts';",
    "import { b } from '@rnoce/schemas';",
    "import { c } from '../../db/database.ts';",
  ];
  expect(
    importViolations([{ path: 'apps/api/src/features/filings/filings.service.ts', text: text.join('\n') }]),
  ).toEqual([]);
});
