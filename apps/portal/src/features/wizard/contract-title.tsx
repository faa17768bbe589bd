import { useT } from '@rnoce/ui/i18n';

/** In the place of the number while the sentence is made. */
const place = '\u2060';

/** « Contrat CT-2026-0000000042 », whose number stays on one line. */
export function ContractTitle({ number }: { number: string }) {
  const [before, after] = useT()('wizard:contract.title', { number: place }).split(place);
  return (
    <>
      {before}
      <bdi className="rnoce-code rnoce-whole">{number}</bdi>
      {after}
    </>
  );
}
