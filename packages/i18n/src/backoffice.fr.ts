import backoffice from './fr/backoffice.json' with { type: 'json' };
import common from './fr/common.json' with { type: 'json' };
import errors from './fr/errors.json' with { type: 'json' };
import shell from './fr/shell.json' with { type: 'json' };

/** What the backoffice application says in one language, but for `reference`: one chunk of its build. */
export const catalogue = { backoffice, common, errors, shell };
