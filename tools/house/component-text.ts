import type { SourceFile } from './source-files.ts';

/** Names which are the same in every language, and languages in their own. */
const NAMES = /^(RNOCE|PortNet|PORTNET|BADR|DOUANE|Français|English|العربية|ICE|PDF|MAD)$/;
/** Text between tags, or between a tag and a value. A comparison has a space before its sign; a tag has none. */
const BETWEEN_TAGS = /(?:(?<=[\w"'}])|(?<=^\s*))>\s*([^<>{}=;()]*\p{L}{2,}[^<>{}=;()]*?)\s*[<{]/gmu;
const IN_ATTRIBUTE = /\b(?:aria-label|placeholder|title|alt|label|description)="([^"]*\p{L}{2,}[^"]*)"/gu;

/**
 * Words written in a component instead of a catalogue, one line each. It reads the source as text: words put together
 * in a variable first are not seen.
 */
export function textInComponent({ path, text }: SourceFile): string[] {
  return [BETWEEN_TAGS, IN_ATTRIBUTE].flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .filter((match) => !NAMES.test(match[1] ?? ''))
      .map((match) => `${path}:${text.slice(0, match.index).split('\n').length}: ${match[1]}`),
  );
}
