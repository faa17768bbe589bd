import { formatDate } from '@rnoce/i18n/format';
import type { PublicInvoice } from '@rnoce/schemas';
import { Icon } from '../../controls/icon.tsx';
import { useLanguage } from '../../language/use-language.ts';

/** The date until which it should be paid, with a mark once that is past. */
export function DueDate({ invoice }: { invoice: PublicInvoice }) {
  const { t } = useLanguage();
  return (
    <>
      <span className="code">{formatDate(invoice.dueOn)}</span>
      {invoice.overdue ? (
        <span className="badge danger">
          <Icon name="alert-circle" /> {t('checkout:invoice.overdue')}
        </span>
      ) : null}
    </>
  );
}

/** By what an invoice can be paid. */
export function Methods({ invoice }: { invoice: PublicInvoice }) {
  const { t } = useLanguage();
  return (
    <span className="methods">
      {invoice.methods.map((method) => (
        <span key={method} className="badge">
          {t(`checkout:method.${method}`)}
        </span>
      ))}
    </span>
  );
}
