import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

const page = new URL('../../../../docs/integrators/quick-start.md', import.meta.url);
/** Stands on the page for what differs from one day to the next. */
const anything = '…';

export interface QuickStartBlock {
  readonly commands: string;
  /** What the page says they answer; undefined where it says nothing. */
  readonly answer: { readonly language: string; readonly text: string } | undefined;
}

/** The page's blocks of commands, in order, each with the answer that follows it. */
export function readQuickStart(): QuickStartBlock[] {
  const fences = [...readFileSync(page, 'utf8').matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', content = '']) => ({ language, text: content }),
  );
  return fences.flatMap(({ language, text: commands }, index) => {
    if (language !== 'bash') return [];
    const next = fences[index + 1];
    return [{ commands, answer: next?.language === 'bash' ? undefined : next }];
  });
}

const limitMs = 20_000;
const mark = (index: number): string => `--- end of block ${String(index)} ---`;

/**
 * Pastes the blocks into one shell, as a reader does, in a folder of their own. Only the site's address is another one. Throws when the shell
 * fails or takes longer than 20 s.
 */
export async function runQuickStart(
  blocks: readonly QuickStartBlock[],
  { siteUrl, folder }: { siteUrl: string; folder: string },
): Promise<string[]> {
  const script = blocks
    .map(
      ({ commands }, index) =>
        `${commands.replaceAll('http://localhost:3000', siteUrl)}\nprintf '\\n%s\\n' '${mark(index)}'\n`,
    )
    .join('');
  const shell = spawn('bash', ['-s'], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: limitMs,
  });
  shell.stdin.end(script);
  const ended = new Promise<number | null>((resolve, reject) => {
    shell.once('error', reject).once('close', resolve);
  });
  const [output, faults, status] = await Promise.all([text(shell.stdout), text(shell.stderr), ended]);
  if (status !== 0 || faults !== '')
    throw new Error(`the quick start ended with ${String(status)}: ${faults}${output}`);
  let rest = output;
  return blocks.map((_, index) => {
    const [said = '', ...after] = rest.split(`\n${mark(index)}\n`);
    rest = after.join(`\n${mark(index)}\n`);
    return said;
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where what was answered isn't what the page says, each as a path; `…` agrees with anything. */
export function disagreements(said: unknown, answered: unknown, path = ''): string[] {
  if (said === anything) return answered === undefined ? [`${path}: missing`] : [];
  if (Array.isArray(said) && Array.isArray(answered)) {
    if (said.length !== answered.length) return [`${path}: ${String(answered.length)} items`];
    return said.flatMap((item, index) => disagreements(item, answered[index], `${path}/${String(index)}`));
  }
  if (isObject(said) && isObject(answered)) {
    const keys = new Set([...Object.keys(said), ...Object.keys(answered)]);
    return [...keys].flatMap((key) =>
      key in said ? disagreements(said[key], answered[key], `${path}/${key}`) : [`${path}/${key}: not said`],
    );
  }
  return said === answered ? [] : [`${path}: ${JSON.stringify(answered)}`];
}

/** The same for a whole answer, JSON or lines of text. */
export function blockDisagreements({ answer }: QuickStartBlock, output: string): string[] {
  if (!answer) return output.trim() === '' ? [] : [`an answer that the page doesn't show: ${output}`];
  if (answer.language === 'json') return disagreements(JSON.parse(answer.text), JSON.parse(output));
  const lines = (text: string) =>
    text
      .replaceAll('\r', '')
      .trim()
      .split('\n')
      .map((line) => line.trim());
  return disagreements(lines(answer.text), lines(output));
}
