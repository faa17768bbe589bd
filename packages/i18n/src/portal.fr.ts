import common from './fr/common.json' with { type: 'json' };
import errors from './fr/errors.json' with { type: 'json' };
import portal from './fr/portal.json' with { type: 'json' };
import shell from './fr/shell.json' with { type: 'json' };

/** What the portal application says in one language, but for `reference` and `wizard`: one chunk of its build. */
export const catalogue = { common, errors, portal, shell };
