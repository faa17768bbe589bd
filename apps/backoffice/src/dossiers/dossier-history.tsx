import { formatDateTime } from '@rnoce/i18n';
import type { RequestReasonView } from '@rnoce/schemas/customs-request-reasons';
import type { ActorKind } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { useActorName } from './use-actor-name.ts';
import './dossier-panel.css';

interface HistoryLine {
  readonly event: string;
  /** What happened, in words. */
  readonly words: string;
  readonly at: string;
  readonly actor: ActorKind;
  readonly actorName: string | null;
  /** What it changed, in words. */
  readonly details?: readonly string[];
  readonly reasons: readonly (Pick<RequestReasonView, 'cause' | 'text'> & {
    /** What the reason is about, in words. */
    readonly label: string;
  })[];
}

/** The history of a dossier, oldest first: who did what, when, and why. The newest is shown first. */
export function DossierHistory({ lines }: { lines: readonly HistoryLine[] }) {
  const t = useT();
  const nameOf = useActorName();
  return (
    <section className="rnoce-card" aria-labelledby="history">
      <h2 id="history">{t('desk:dossier.history')}</h2>
      <ol className="backoffice-history">
        {lines.toReversed().map(({ event, words, at, actor, actorName, details = [], reasons }) => (
          <li key={`${at} ${event}`}>
            <p>
              <strong>{words}</strong>
              <bdi className="rnoce-tabular">{formatDateTime(at)}</bdi>
              <bdi>{nameOf({ actor, actorName })}</bdi>
            </p>
            {reasons.length > 0 || details.length > 0 ? (
              <ul>
                {details.map((detail) => (
                  <li key={detail}>{detail}</li>
                ))}
                {reasons.map(({ label, cause, text }) => (
                  <li key={`${label} ${cause} ${text}`}>
                    {label} · {t(`reference:cause.${cause}`)}
                    {text === '' ? null : (
                      <>
                        {' · '}
                        <bdi>{text}</bdi>
                      </>
                    )}
                  </li>
                ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
