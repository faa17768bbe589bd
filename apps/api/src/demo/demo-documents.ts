import { PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib';
import { translate } from '@rnoce/i18n/translate';
import type { DocumentName } from '@rnoce/schemas';

const a4 = [595, 842] as const;
const ink = rgb(0.08, 0.13, 0.24);
const muted = rgb(0.29, 0.34, 0.44);

/** A one-page PDF that says what it stands for. */
export async function demoDocument(
  document: DocumentName,
  { legalName, ice, at }: { legalName: string; ice: string; at: Date },
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.setTitle(translate('fr', `reference:document.${document}`));
  pdf.setCreationDate(at);
  pdf.setModificationDate(at);
  const [regular, bold] = [
    await pdf.embedFont(StandardFonts.Helvetica),
    await pdf.embedFont(StandardFonts.HelveticaBold),
  ];
  const page = pdf.addPage([...a4]);
  const write = (text: string, y: number, size: number, font = regular, color = ink) =>
    page.drawText(text, { x: 64, y, size, font, color, maxWidth: a4[0] - 128, lineHeight: size * 1.4 });
  write(translate('fr', `reference:document.${document}`), 740, 20, bold);
  write(legalName, 660, 16);
  write(`ICE ${ice}`, 632, 12);
  write('Document de démonstration, sans valeur.', 96, 11, regular, muted);
  return await pdf.save();
}
