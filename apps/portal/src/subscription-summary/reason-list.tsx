import type { HistoryEntry } from '@rnoce/schemas/filings';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { Link } from 'react-router';
import { elementOf } from './reasons.ts';
import './reason-list.css';

type ReasonView = HistoryEntry['reasons'][number] & { readonly changed?: boolean };

/** The name of an element of the form: « Numéro ICE », « Gérant 2 · Nom »; undefined for the whole. */
export function useElementLabel(): (element: string | undefined) => string | undefined {
  const t = useT();
  const find = useFindMessage();
  return (element) => {
    if (element === undefined) return undefined;
    const [section = '', first = '', field] = element.split('.');
    if (section === 'documents') return find(`reference:document.${first}`) ?? element;
    if (section === 'company') return find(`reference:company.${first}`) ?? element;
    const person = t('portal:summary.manager', { number: Number(first) + 1 });
    const label = field === undefined ? undefined : find(`reference:manager.${field}`);
    return label === undefined ? person : `${person} · ${label}`;
  };
}

/**
 * Why a filing came back: about what, the cause's sentence and the agent's words. `to` links each reason to its place in the form;
 * `onOpen` is for a form that must be opened again first.
 */
export function ReasonList({
  reasons,
  to,
  onOpen,
}: {
  reasons: readonly ReasonView[];
  to?: ((element: string | undefined) => string) | undefined;
  onOpen?: ((element: string | undefined) => void) | undefined;
}) {
  const t = useT();
  const labelOf = useElementLabel();
  return (
    <ul className="portal-reasons">
      {reasons.map((reason) => {
        const element = elementOf(reason.about);
        const label = labelOf(element) ?? t('portal:reasons.whole');
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
