import { deflateSync } from 'node:zlib';
import { appendRevision, bodyOf, numbersOf } from './pdf-update.ts';
import { signPdf } from './sign-pdf.ts';
import type { SigningAuthority } from './signing-authority.ts';

/** How a contract is signed here, and what the portal must find. */
export const signingWays = {
  trusted: 'un signataire reconnu : valide',
  unknown_authority: 'un signataire d’une autorité inconnue : intacte, signataire non reconnu',
  expired: 'un certificat expiré : intacte, signataire non reconnu',
  altered: 'reconnu, puis un octet changé : modifié',
  appended: 'reconnu, puis des octets ajoutés à la fin : modifié',
  shadow: 'une révision cachée remplace une page, puis reconnu : modifié',
  two_signers: 'deux signataires l’un après l’autre : modifié',
} as const;
export type SigningWay = keyof typeof signingWays;

/** The first page shows something else than the contract, in a revision that the signature covers. */
function withShadow(pdf: Buffer): Buffer {
  const { page, next } = numbersOf(pdf);
  const drawn = deflateSync(Buffer.from('0.9 g 60 500 400 200 re f'));
  const stream = `<< /Length ${String(drawn.length)} /Filter /FlateDecode >>\nstream\n${drawn.toString('latin1')}\nendstream`;
  return appendRevision(pdf, [
    [next, stream],
    [page, bodyOf(pdf, page).replace(/\/Contents \d+ 0 R/, `/Contents ${String(next)} 0 R`)],
  ]);
}

/** One letter of what the signer gives as reason, after the signature. */
function withOtherByte(signed: Buffer): Buffer {
  const changed = Buffer.from(signed);
  const place = changed.lastIndexOf('/Reason (Accord)', undefined, 'latin1') + '/Reason ('.length;
  changed.write('a', place, 'latin1');
  return changed;
}

/** Signs a contract in one of the ways that a portal must tell apart. Throws `UnsignablePdf`. */
export function signAs(way: SigningWay, pdf: Buffer, authority: SigningAuthority, at: Date): Buffer {
  const { signer, secondSigner, expired, stranger } = authority;
  switch (way) {
    case 'trusted':
      return signPdf(pdf, signer, at);
    case 'unknown_authority':
      return signPdf(pdf, stranger, at);
    case 'expired':
      return signPdf(pdf, expired, at);
    case 'altered':
      return withOtherByte(signPdf(pdf, signer, at));
    case 'appended':
      return Buffer.concat([
        signPdf(pdf, signer, at),
        Buffer.from('% ajouté après la signature\n', 'latin1'),
      ]);
    case 'shadow':
      return signPdf(withShadow(pdf), signer, at);
    case 'two_signers':
      return signPdf(signPdf(pdf, signer, at), secondSigner, at);
  }
}
