import backoffice from './en/backoffice.json' with { type: 'json' };
import common from './en/common.json' with { type: 'json' };
import errors from './en/errors.json' with { type: 'json' };
import shell from './en/shell.json' with { type: 'json' };

/** What the backoffice application says in one language, but for `reference`: one chunk of its build. */
export const catalogue = { backoffice, common, errors, shell };
