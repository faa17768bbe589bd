import { Button } from '@mantine/core';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import type { ReactNode } from 'react';
import type { UnkeptRefusal } from './unkept-refusals.ts';

/**
 * The refusals that were begun and not kept. Those whose form is closed can be read, taken up again where they may be, or given up; those
 * still open are told of when a colleague's act keeps them from the verdict.
 */
export function UnkeptNotice({
  unkept,
  labelOf,
  isOpen,
  interruption,
  onResume,
  onDiscard,
}: {
  unkept: readonly UnkeptRefusal[];
  labelOf: (item: string | undefined) => string;
  /** Whether the form of this refusal is on the screen. */
  isOpen: (item: string | undefined) => boolean;
  /** Who took or decided the dossier while they were written; null: nobody. */
  interruption: ReactNode;
  /** Absent: nothing can be refused now. */
  onResume: ((item: string | undefined) => void) | undefined;
  onDiscard: (item: string | undefined) => void;
}) {
  const t = useT();
  const interrupted = interruption !== null;
  const closed = unkept.filter(({ item }) => !isOpen(item));
  if (closed.length === 0 && (!interrupted || unkept.length === 0)) return null;
  return (
    <div className="backoffice-unkept">
      <Notice
        tone="warning"
        live={interrupted ? 'assertive' : 'polite'}
        title={t('desk:unkept.title', { count: unkept.length })}
      >
        {interruption}
        <ul>
          {closed.map(({ item, cause, text }) => {
            const label = labelOf(item);
            return (
              <li key={item ?? ''}>
                <p>
                  <strong>{label}</strong>
                  {cause ? ` · ${t(`reference:cause.${cause}`)}` : null}
                </p>
                <p className="backoffice-unkept-text">
                  <bdi>{text}</bdi>
                </p>
                <div className="backoffice-actions">
                  {onResume ? (
                    <Button
                      size="sm"
                      aria-label={t('desk:unkept.resume-name', { label })}
                      onClick={() => onResume(item)}
                    >
                      {t('desk:unkept.resume')}
                    </Button>
                  ) : null}
                  <Button
                    size="sm"
                    variant="outline"
                    aria-label={t('desk:unkept.discard-name', { label })}
                    onClick={() => onDiscard(item)}
                  >
                    {t('desk:unkept.discard')}
                  </Button>
                </div>
              </li>
            );
          })}
        </ul>
      </Notice>
    </div>
  );
}
