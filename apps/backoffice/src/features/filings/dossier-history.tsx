import { formatDateTime } from '@rnoce/i18n';
import type { Dossier } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { useItemLabel } from './item-label.ts';
import './dossier-panel.css';

/** The history of the dossier: who did what, when, and why. */
export function DossierHistory({ history }: { history: Dossier['history'] }) {
  const t = useT();
  const labelOf = useItemLabel();
  return (
    <section className="rnoce-card" aria-labelledby="history">
      <h2 id="history">{t('backoffice:dossier.history')}</h2>
      <ol className="backoffice-history">
        {history.toReversed().map(({ event, at, actor, actorName, reasons }) => (
          <li key={`${at} ${event}`}>
            <p>
              <strong>{t(`reference:filing-event.${event}`)}</strong>
              <bdi className="rnoce-tabular">{formatDateTime(at)}</bdi>
              <bdi>{actorName ?? t(`reference:actor.${actor}`)}</bdi>
            </p>
            {reasons.length > 0 ? (
              <ul>
                {reasons.map(({ about, cause, text }) => {
                  const item =
                    about === undefined
                      ? undefined
                      : 'document' in about
                        ? `documents.${about.document}`
                        : about.field;
                  return (
                    <li key={`${item ?? ''} ${cause} ${text}`}>
                      {labelOf(item)} · {t(`reference:cause.${cause}`)}
                      {text === '' ? null : (
                        <>
                          {' · '}
                          <bdi>{text}</bdi>
                        </>
                      )}
                    </li>
                  );
                })}
              </ul>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
