// `npm test`: every check and test in order. `node tools/test.ts [check|unit|api|e2e] [--bail] [-- arguments]`
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCounts, type StepResult, summary, total } from './test-report.ts';

const ROOT = join(import.meta.dirname, '..');
const REPORTS = join(ROOT, 'node_modules', '.cache', 'test-reports');
/** A step which takes longer hangs: the whole suite is meant to take under 15 minutes. */
const STEP_LIMIT_MS = 25 * 60_000;

type Step = { name: string; command: string[]; report?: string };

const bin = (name: string) => join(ROOT, 'node_modules', '.bin', name);
const reportOf = (name: string) => join(REPORTS, `${name}.json`);

function vitest(project: string): Step {
  const report = reportOf(project);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return { name: project, command: [bin('vitest'), 'run', '--project', project, ...reporters], report };
}

const CHECK: Step[] = [
  { name: 'format', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  // The types too, read once for all: `tsc -b` reads what the projects share again for each of them.
  { name: 'lint', command: [bin('oxlint'), '--type-aware', '--type-check', '--deny-warnings'] },
  { name: 'unused', command: [bin('knip')] },
  vitest('house'),
];
const UNIT = vitest('unit');
const API = vitest('api');
/** The applications that the journeys use, built while the API's tests wait for each other. */
const BUILD: Step = { name: 'build', command: [process.execPath, join(ROOT, 'tools', 'build.ts')] };
const E2E: Step = {
  name: 'e2e',
  command: [
    process.execPath,
    join(ROOT, 'e2e', 'node_modules', '@playwright', 'test', 'cli.js'),
    'test',
    `--config=${join(ROOT, 'e2e', 'playwright.config.ts')}`,
  ],
  report: reportOf('e2e'),
};

/** Phases run one after the other; the lanes of a phase side by side; the steps of a lane one after the other. */
const PHASES: Record<string, Step[][][]> = {
  check: [[CHECK]],
  unit: [[[UNIT]]],
  api: [[[API]]],
  e2e: [[[E2E]]],
  all: [[[...CHECK, UNIT, BUILD], [API]], [[E2E]]],
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { bail: { type: 'boolean', default: false } },
});
const [chosen = 'all', ...extra] = positionals;
const phases = PHASES[chosen];
if (!phases) {
  console.error(`Unknown part « ${chosen} »: choose one of ${Object.keys(PHASES).join(', ')}.`);
  process.exit(2);
}

const running = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of running) end(child, signal);
    process.exitCode = 130;
  });
}

mkdirSync(REPORTS, { recursive: true });
const results: StepResult[] = [];
for (const lanes of phases) {
  const alone = lanes.length === 1 && lanes[0]?.length === 1;
  await Promise.all(
    lanes.map(async (lane) => {
      for (const step of lane) if (!stopped()) results.push(await run(step, alone));
    }),
  );
  if (stopped()) break;
}
const done = new Set(results.map((result) => result.name));
const names = phases.flat(2).map((step) => step.name);
console.log(
  summary(
    results,
    names.filter((name) => !done.has(name)),
  ),
);
process.exitCode ||= total(results).failed > 0 ? 1 : 0;

function stopped(): boolean {
  return process.exitCode === 130 || (values.bail && total(results).failed > 0);
}

/** Runs one step; its output is shown as it comes when it runs alone, else at its end and only if it fails. */
async function run(step: Step, live: boolean): Promise<StepResult> {
  const started = performance.now();
  if (step.report) rmSync(step.report, { force: true });
  const [program = '', ...args] = [...step.command, ...extra];
  const windows = process.platform === 'win32';
  const child = spawn(windows ? `"${program}"` : program, args, {
    cwd: ROOT,
    env: environment(),
    stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    // Its own group, so that its browsers and servers end with it. Windows runs `.cmd` files by a shell only.
    detached: !windows,
    shell: windows,
  });
  running.add(child);
  const limit = setTimeout(() => end(child, 'SIGKILL'), STEP_LIMIT_MS);
  const output: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
  const { promise, resolve } = Promise.withResolvers<boolean>();
  child.once('error', (error) => {
    output.push(Buffer.from(`${error.message}\n`));
    resolve(false);
  });
  // A process that its tests left behind would hold its output open, and the suite with it.
  child.once('exit', () => end(child, 'SIGKILL'));
  child.once('close', (code) => resolve(code === 0));
  const succeeded = await promise;
  clearTimeout(limit);
  running.delete(child);

  const counts = step.report ? readCounts(step.report) : undefined;
  // Tests which report nothing did not run, whatever the exit code says.
  const ok = succeeded && (!step.report || counts !== undefined);
  const seconds = (performance.now() - started) / 1000;
  if (!live) {
    if (!ok) process.stdout.write(`\n── ${step.name} ──\n${Buffer.concat(output).toString()}\n`);
    console.log(`${ok ? '✓' : '✗'} ${step.name} (${seconds.toFixed(1)} s)`);
  }
  return { name: step.name, ok, seconds, ...(counts && { counts }) };
}

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    E2E_REPORT: reportOf('e2e'),
    ...(process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : {}),
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!child.pid) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has just ended.
  }
}
