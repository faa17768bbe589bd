import common from './en/common.json' with { type: 'json' };
import errors from './en/errors.json' with { type: 'json' };
import portal from './en/portal.json' with { type: 'json' };
import shell from './en/shell.json' with { type: 'json' };

/** What the portal application says in one language, but for `reference` and `wizard`: one chunk of its build. */
export const catalogue = { common, errors, portal, shell };
