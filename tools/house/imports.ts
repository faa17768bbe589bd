import { posix } from 'node:path';
import type { SourceFile } from './source-files.ts';

type Rule = {
  /** Whom it binds; groups may be used in `forbidden` as $1. */
  from: RegExp;
  forbidden: string;
  /** Paths which `forbidden` matches and which are allowed all the same. */
  except?: string;
  reason: string;
};

/** Imports go schemas → db → features → app, and schemas → api-client, i18n, ui → shell → app; nothing knows what is above it. */
const RULES: Rule[] = [
  { from: /^packages\//, forbidden: '^apps/', reason: 'packages never import apps' },
  {
    from: /^apps\/([^/]+)\//,
    forbidden: '^apps/',
    except: '^apps/$1/',
    reason: 'apps never import each other',
  },
  {
    from: /^packages\/ui\//,
    forbidden: '^packages/',
    except: '^packages/(ui|i18n)/',
    reason: 'the interface kit knows no feature',
  },
  {
    from: /^packages\/(?!shell\/)/,
    forbidden: '^packages/shell/',
    reason: 'the shell stands on the other packages, none of them on it',
  },
  {
    from: /^apps\/(?!portal\/|backoffice\/)/,
    forbidden: '^packages/shell/',
    reason: 'the shell is made for the signed-in applications; the payment page stays light',
  },
  {
    from: /^packages\/schemas\//,
    forbidden: '^packages/',
    except: '^packages/schemas/',
    reason: 'schemas stand on nothing of ours',
  },
  {
    from: /^apps\/(portal|backoffice|payment)\/src\/features\/([^/]+)\//,
    forbidden: '^apps/$1/src/(features|app)/',
    except: '^apps/$1/src/features/$2/',
    reason: "a feature imports neither another one nor the app's frame",
  },
  {
    from: /^apps\/api\/src\/db\/(schema\/|database)/,
    forbidden: '^apps/api/src/',
    except: '^apps/api/src/db/',
    reason: 'tables know nothing above them',
  },
  {
    from: /^apps\/api\/src\/integrations\/([^/]+)\//,
    forbidden: '^apps/api/src/(features|db|jobs|plugins|app|integrations)',
    except: '^apps/api/src/integrations/($1|payment-gateway|outside-call|worker-pool)/',
    reason: 'an integration can be removed, and knows only its own provider and what integrations share',
  },
  {
    from: /^apps\/api\/src\/(features|plugins)\//,
    forbidden: '^apps/api/src/(app|server|worker|migrate|process)\\.ts$',
    reason: 'features and plugins do not know what composes them',
  },
];

/** An import as written, and the repository's file or package folder it leads to. */
type Import = { specifier: string; target: string; line: number };

/** Violations of the direction of imports, one line each. Tests are free: they build whole situations. */
export function importViolations(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => !path.includes('.test.') && !path.includes('/testing/'))
    .flatMap((file) =>
      importsOf(file).flatMap(({ specifier, target, line }) =>
        RULES.filter((rule) => breaks(rule, file.path, target)).map(
          ({ reason }) => `${file.path}:${line} imports ${specifier}: ${reason}`,
        ),
      ),
    );
}

function breaks({ from, forbidden, except }: Rule, path: string, target: string): boolean {
  const found = from.exec(path);
  if (!found) return false;
  const filled = (pattern: string) =>
    new RegExp(pattern.replaceAll(/\$(\d)/g, (_, group) => found[Number(group)] ?? ''));
  return filled(forbidden).test(target) && !(except && filled(except).test(target));
}

/** The imports of a file that lead to our own files and packages. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const pattern =
    /^\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]/gm;
  return [...text.matchAll(pattern)].flatMap((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const target = resolveTarget(path, specifier);
    return target ? [{ specifier, target, line: text.slice(0, match.index).split('\n').length }] : [];
  });
}

function resolveTarget(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier);
  const [, name] = /^@rnoce\/([^/]+)/.exec(specifier) ?? [];
  if (!name) return undefined;
  const isApp = ['api', 'portal', 'payment', 'backoffice', 'sandbox'].includes(name);
  return `${isApp ? 'apps' : 'packages'}/${name}/`;
}
