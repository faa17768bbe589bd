import backoffice from './ar/backoffice.json' with { type: 'json' };
import common from './ar/common.json' with { type: 'json' };
import errors from './ar/errors.json' with { type: 'json' };
import shell from './ar/shell.json' with { type: 'json' };

/** What the backoffice application says in one language, but for `reference`: one chunk of its build. */
export const catalogue = { backoffice, common, errors, shell };
