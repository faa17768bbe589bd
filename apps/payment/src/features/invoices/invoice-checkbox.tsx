import type { PublicInvoice } from '@rnoce/schemas';
import { useLanguage } from '../../language/use-language.ts';
import { hindranceOf, isSelected, type Selection } from '../../selection/selection.ts';

interface InvoiceCheckboxProps {
  readonly invoice: PublicInvoice;
  readonly selection: Selection;
  readonly onPick: (invoice: PublicInvoice) => void;
  /** Given when a label names it. */
  readonly id?: string;
}

/** Ticks an invoice. One that can't be ticked now stays reachable, and says why when it is pressed. */
export function InvoiceCheckbox({ invoice, selection, onPick, id }: InvoiceCheckboxProps) {
  const { t } = useLanguage();
  const hindered = hindranceOf(selection, invoice) !== undefined;
  return (
    <input
      type="checkbox"
      id={id}
      className="tick"
      checked={isSelected(selection, invoice)}
      aria-disabled={hindered || undefined}
      aria-label={
        id === undefined
          ? t('checkout:invoice.pick', { number: invoice.number, issuer: invoice.issuer.name })
          : undefined
      }
      aria-describedby={hindered ? 'one-issuer' : undefined}
      onChange={() => onPick(invoice)}
    />
  );
}
