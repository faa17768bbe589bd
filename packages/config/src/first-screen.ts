import { join } from 'node:path';
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;
type Chunk = Rolldown.OutputChunk;

/** What a first screen is made of, as paths from the SPA's folder. */
interface FirstScreen {
  /** A module run before the application's code has arrived: it asks for the messages, whose language only the browser knows. */
  readonly ahead: string;
  /** The module of the screen itself, when the router loads it lazily. */
  readonly screen?: string;
  /** The fonts that every language uses, when there are any. */
  readonly fonts?: RegExp;
}

/**
 * Names, in the built page, all that its first screen needs: the browser asks for everything at once instead of finding one
 * part inside another. In development nothing changes.
 *
 * @param root folder of the SPA
 */
export function firstScreen(root: string, { ahead, screen, fonts }: FirstScreen): Plugin {
  let base = '/';
  return {
    name: 'rnoce-first-screen',
    apply: 'build',
    configResolved(config) {
      base = config.base;
    },
    buildStart() {
      this.emitFile({ type: 'chunk', id: join(root, ahead) });
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const files = new Set<string>();
        const styles = new Set<string>();
        const first = chunkOf(bundle, join(root, ahead));
        collect(bundle, first, files, styles);
        if (screen !== undefined) collect(bundle, chunkOf(bundle, join(root, screen)), files, styles);
        const missing = (file: string): boolean => !html.includes(`"${base}${file}"`);
        const tags: HtmlTagDescriptor[] = [];
        const link = (attrs: Record<string, string>, href: string): void => {
          tags.push({
            tag: 'link',
            injectTo: 'head',
            attrs: { ...attrs, crossorigin: true, href: `${base}${href}` },
          });
        };
        for (const file of [...files].filter(missing)) link({ rel: 'modulepreload' }, file);
        for (const file of [...styles].filter(missing)) link({ rel: 'stylesheet' }, file);
        for (const file of Object.keys(bundle).filter((name) => fonts?.test(name)))
          link({ rel: 'preload', as: 'font', type: 'font/woff2', fetchpriority: 'low' }, file);
        // Module scripts run in the order of the page. After the page's own `meta`: they say what a request may tell.
        const script = `<script type="module" crossorigin src="${base}${first.fileName}"></script>`;
        return { html: html.replace('<script type="module"', `${script}\n    $&`), tags };
      },
    },
  };
}

function chunkOf(bundle: Bundle, module: string): Chunk {
  const found = Object.values(bundle).find(
    (output): output is Chunk => output.type === 'chunk' && output.facadeModuleId === module,
  );
  if (!found) throw new Error(`${module} has no chunk of its own in the build.`);
  return found;
}

/** A chunk, what it imports statically, and their style sheets. */
function collect(bundle: Bundle, chunk: Chunk, files: Set<string>, styles: Set<string>): void {
  if (files.has(chunk.fileName)) return;
  files.add(chunk.fileName);
  for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style);
  for (const name of chunk.imports) {
    const imported = bundle[name];
    if (imported?.type === 'chunk') collect(bundle, imported, files, styles);
  }
}
