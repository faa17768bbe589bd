import './password-meter.css';
import { useT } from './i18n.tsx';

export type PasswordScore = 0 | 1 | 2 | 3 | 4;

const words = [
  'common:password.strength.0',
  'common:password.strength.1',
  'common:password.strength.2',
  'common:password.strength.3',
  'common:password.strength.4',
] as const;

/** « Très faible » … « Très fort », with a sentence of advice. The score comes from the estimator; nothing shows without it. */
export function PasswordMeter({
  score,
  advice,
}: {
  score: PasswordScore | undefined;
  advice?: string | undefined;
}) {
  const t = useT();
  return (
    <div className="rnoce-meter" data-score={score}>
      <div className="rnoce-meter-bar" aria-hidden>
        {words.slice(1).map((word, index) => (
          <span key={word} data-filled={score !== undefined && score > index ? true : undefined} />
        ))}
      </div>
      <p aria-live="polite">
        {score === undefined ? null : (
          <>
            <span className="rnoce-visually-hidden">{t('common:password.strength.label')} </span>
            <strong>{t(words[score])}</strong>
          </>
        )}
        {advice === undefined ? null : (
          <span>
            {score === undefined ? null : ' · '}
            {advice}
          </span>
        )}
      </p>
    </div>
  );
}
