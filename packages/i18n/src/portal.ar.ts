import common from './ar/common.json' with { type: 'json' };
import errors from './ar/errors.json' with { type: 'json' };
import portal from './ar/portal.json' with { type: 'json' };
import shell from './ar/shell.json' with { type: 'json' };

/** What the portal application says in one language, but for `reference` and `wizard`: one chunk of its build. */
export const catalogue = { common, errors, portal, shell };
