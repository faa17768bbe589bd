import type { RequestReasonView } from '@rnoce/schemas/customs-request-reasons';
import type { HistoryEntry } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { Link } from 'react-router';
import { useElementLabel } from './element-label.ts';
import { elementOf } from './reasons.ts';
import './reason-list.css';

type ReasonView = (HistoryEntry['reasons'][number] | RequestReasonView) & { readonly changed?: boolean };

/**
 * Why a filing came back: about what, the cause's sentence and the agent's words. `to` links each reason to its place in the form;
 * `onOpen` is for a form that must be opened again first.
 */
export function ReasonList({
  reasons,
  to,
  onOpen,
  nameOf,
}: {
  reasons: readonly ReasonView[];
  /** What an element is called where the form's own names don't say it. */
  nameOf?: ((element: string) => string) | undefined;
  to?: ((element: string | undefined) => string) | undefined;
  onOpen?: ((element: string | undefined) => void) | undefined;
}) {
  const t = useT();
  const labelOf = useElementLabel();
  return (
    <ul className="portal-reasons">
      {reasons.map((reason) => {
        const element = elementOf(reason.about);
        const label = element === undefined ? t('portal:reasons.whole') : (nameOf ?? labelOf)(element);
        return (
          <li key={`${element ?? ''} ${reason.cause} ${reason.text}`}>
            <strong>
              {to ? (
                <Link to={to(element)}>{label}</Link>
              ) : onOpen ? (
                <button type="button" onClick={() => onOpen(element)}>
                  {label}
                </button>
              ) : (
                label
              )}
            </strong>
            {' — '}
            {reason.text === ''
              ? t(`reference:cause.${reason.cause}`)
              : t('common:labelled', {
                  label: t(`reference:cause.${reason.cause}`),
                  value: reason.text,
                })}{' '}
            {reason.changed ? (
              <StatusBadge tone="success">{t('reference:reason.changed')}</StatusBadge>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
