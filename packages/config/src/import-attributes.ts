import { type Plugin, parseSync, Visitor } from 'vite';

/**
 * Takes the attributes off imports while developing: Vite then serves a catalogue as a script, and a browser refuses a script that was
 * imported `with { type: 'json' }`. A build has no such imports left, and Node needs the attributes in the sources.
 */
export function importAttributes(): Plugin {
  return {
    name: 'rnoce-import-attributes',
    apply: 'serve',
    transform: {
      filter: { code: /\bwith\b\s*:?\s*\{/ },
      handler(code, id) {
        const plain = withoutImportAttributes(code, id);
        // Nothing moves, so that no source map is needed.
        return plain === code ? undefined : { code: plain, map: null };
      },
    },
  };
}

/** The same code with blanks in the place of what imports and re-exports say beside the module's name. */
function withoutImportAttributes(code: string, id: string): string {
  const ranges: [from: number, to: number][] = [];
  const clause = (node: { attributes: unknown[]; source: { end: number } | null; end: number }): void => {
    if (node.source !== null && node.attributes.length > 0) ranges.push([node.source.end, node.end]);
  };
  new Visitor({
    ImportDeclaration: clause,
    ExportNamedDeclaration: clause,
    ExportAllDeclaration(node) {
      clause(node);
    },
    ImportExpression(node) {
      if (node.options !== null) ranges.push([node.source.end, node.options.end]);
    },
  }).visit(parseSync(id, code, { lang: 'js', sourceType: 'module' }).program);
  let plain = code;
  for (const [from, to] of ranges) plain = blank(plain, from, to);
  return plain;
}

/** Blanks in place of a part of the code, whose lines and last semicolon stay. */
function blank(code: string, from: number, to: number): string {
  return code.slice(0, from) + code.slice(from, to).replace(/[^\n;]/g, ' ') + code.slice(to);
}
