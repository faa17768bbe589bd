// Plain JavaScript for Node >= 20: `setup` needs it before anything is installed.
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * @typedef {{ pid: number, startedAt: string }} Holder
 * @typedef {{ acquired: true, release: () => void } | { acquired: false, holder: Holder }} LockResult
 */

/**
 * When a process started, as an opaque string that differs when a process id is used again; '' when unknown.
 * A process id alone would not do: in a container the same small ids come back after each restart.
 *
 * @param {number} pid
 * @returns {string}
 */
function processStartedAt(pid) {
  try {
    if (process.platform === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The command name may hold spaces and parentheses: fields are counted from the last one.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // A zombie has ended: only its parent has not looked yet.
      return fields[0] === 'Z' ? '' : `${boot}:${fields[19]}`;
    }
    if (process.platform === 'darwin') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    }
  } catch {
    // The process is gone, or this system does not say.
  }
  return '';
}

/**
 * Whether a process exists, whoever owns it.
 *
 * @param {number} pid
 * @returns {boolean}
 */
export function isProcessAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * The live process which holds a lock file, or undefined when there is none or it is dead.
 *
 * @param {string} file
 * @returns {Holder | undefined}
 */
export function lockHolder(file) {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8'));
    if (!Number.isInteger(holder.pid) || !isProcessAlive(holder.pid)) return undefined;
    return processStartedAt(holder.pid) === holder.startedAt ? holder : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes a lock file for this process, at once or not at all; a lock left by a dead process is taken over.
 *
 * @param {string} file
 * @returns {LockResult}
 */
export function acquireLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  const own = JSON.stringify({ pid: process.pid, startedAt: processStartedAt(process.pid) });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, own, { mode: 0o600 });
  try {
    for (;;) {
      try {
        // A link is created whole or not at all: nobody ever reads an empty lock.
        linkSync(draft, file);
        return { acquired: true, release: () => releaseLock(file, own) };
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      }
      const holder = lockHolder(file);
      if (holder) return { acquired: false, holder };
      discardStaleLock(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * @param {string} file
 * @param {string} own
 */
function releaseLock(file, own) {
  try {
    if (readFileSync(file, 'utf8') === own) rmSync(file, { force: true });
  } catch {
    // Already gone.
  }
}

/**
 * Two processes may find the same stale lock: the slower one could move away the new lock of the faster.
 * It then sees a live holder in what it moved, and puts it back.
 *
 * @param {string} file
 */
function discardStaleLock(file) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  try {
    if (lockHolder(aside)) linkSync(aside, file);
  } catch {
    // A third one was faster: it holds the lock.
  }
  rmSync(aside, { force: true });
}
