import { signDetached } from './cms-message.ts';
import type { Identity } from './identities.ts';
import { appendRevision, bodyOf, numbersOf, withReference } from './pdf-update.ts';

/** Stands for the range of a signature until it is known. */
const rangeMark = '/ByteRange [0 ********** ********** **********]';
/** Bytes kept for the signature. */
const room = 4096;

/** A PDF's date, in UTC. */
const dateOf = (at: Date): string => `D:${at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;

/** The file with a signature field that covers all of it, the field shown nowhere. */
function prepare(pdf: Buffer, at: Date): Buffer {
  const { root, page, next } = numbersOf(pdf);
  const widget = `${String(next + 1)} 0 R`;
  return appendRevision(pdf, [
    [
      next,
      `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached ${rangeMark} /Contents <${'0'.repeat(2 * room)}> /M (${dateOf(at)}) /Reason (Accord) >>`,
    ],
    [
      next + 1,
      `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature${String(next)}) /F 132 /Rect [0 0 0 0] /V ${String(next)} 0 R /P ${String(page)} 0 R >>`,
    ],
    [
      root,
      withReference(
        bodyOf(pdf, root),
        /(\/Fields )\[([^\]]*)\]/,
        widget,
        `/AcroForm << /Fields [${widget}] /SigFlags 3 >>`,
      ),
    ],
    [page, withReference(bodyOf(pdf, page), /(\/Annots )\[([^\]]*)\]/, widget, `/Annots [${widget}]`)],
  ]);
}

/**
 * Signs a PDF, as a signer's program does: a revision more, with a signature that covers the whole file but itself. Throws `UnsignablePdf` for a
 * file unlike the portal's contracts.
 */
export function signPdf(pdf: Buffer, signer: Identity, at: Date): Buffer {
  const file = prepare(pdf, at);
  const place = file.lastIndexOf(rangeMark, undefined, 'latin1');
  const start = file.indexOf('/Contents <', place, 'latin1') + '/Contents '.length;
  const end = file.indexOf('>', start, 'latin1') + 1;
  const range = `/ByteRange [0 ${String(start)} ${String(end)} ${String(file.length - end)}]`;
  file.write(range.padEnd(rangeMark.length), place, 'latin1');
  const message = signDetached(Buffer.concat([file.subarray(0, start), file.subarray(end)]), signer, at);
  file.write(message.toString('hex'), start + 1, 'latin1');
  return file;
}
