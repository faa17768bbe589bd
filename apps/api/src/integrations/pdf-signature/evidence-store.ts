import { KnownCertificate } from './certificates.ts';
import type { RevocationEvidence } from './cms.ts';
import { type DocumentView, follow, openStream, resolve } from './pdf-objects.ts';
import type { ReadingBudget } from './pdf-values.ts';
import { SIGNATURE_LIMITS } from './signature-verdict.ts';

/** What a document security store (ETSI EN 319 142-1, 5.4.2) holds; what can't be read of it is left out. */
export function evidenceStore(
  document: DocumentView,
  budget: ReadingBudget,
): { readonly certificates: readonly KnownCertificate[]; readonly evidence: RevocationEvidence } {
  const root = resolve(document, document.trailer.get('Root'));
  const store = root instanceof Map ? resolve(document, root.get('DSS')) : undefined;
  const streams = <Item>(key: string, limit: number, read: (bytes: Buffer) => Item): Item[] => {
    const list = store instanceof Map ? resolve(document, store.get(key)) : undefined;
    if (!Array.isArray(list)) return [];
    return list.slice(0, limit).flatMap((item) => {
      try {
        const object = follow(document, item);
        return object === undefined ? [] : [read(openStream(object, document, budget))];
      } catch {
        return [];
      }
    });
  };
  return {
    certificates: streams('Certs', SIGNATURE_LIMITS.certificates, (der) => new KnownCertificate(der)),
    evidence: {
      lists: streams('CRLs', SIGNATURE_LIMITS.revocationItems, (der) => der),
      answers: streams('OCSPs', SIGNATURE_LIMITS.revocationItems, (der) => der),
    },
  };
}
