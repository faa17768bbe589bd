import { Button } from '@mantine/core';
import type { RequestReasonView } from '@rnoce/schemas/customs-request-reasons';
import type { ReasonCause } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { RefusalForm } from './refusal-form.tsx';
import type { UnkeptRefusal } from './unkept-refusals.ts';

type General = Pick<RequestReasonView, 'cause' | 'text'>;

/** Reasons about the whole: what no document, field or change can say. */
export function GeneralReasons<R extends General>({
  whole,
  reasons,
  editable,
  refusing,
  unkept,
  onWrite,
  onBegin,
  onRefuse,
  onCancel,
  onRemove,
}: {
  /** What the whole is called. */
  whole: string;
  reasons: readonly R[];
  editable: boolean;
  /** Whether one is being written. */
  refusing: boolean;
  unkept: readonly UnkeptRefusal[];
  onWrite: (refusal: UnkeptRefusal) => void;
  onBegin: () => void;
  onRefuse: (cause: ReasonCause, text: string) => void;
  onCancel: () => void;
  onRemove: (reason: R) => void;
}) {
  const t = useT();
  return (
    <section className="rnoce-card backoffice-general" aria-labelledby="general-reasons">
      <h2 id="general-reasons">{t('desk:dossier.general')}</h2>
      <ul>
        {reasons.map((reason) => {
          const cause = t(`reference:cause.${reason.cause}`);
          return (
            <li key={`${reason.cause} ${reason.text}`}>
              <span>
                <strong>{cause}</strong> <bdi>{reason.text}</bdi>
              </span>
              {editable ? (
                <button
                  type="button"
                  aria-label={t('common:action.remove-name', { name: reason.text || cause })}
                  onClick={() => onRemove(reason)}
                >
                  <IconTrash className="rnoce-icon" aria-hidden />
                </button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {refusing ? (
        <RefusalForm
          label={whole}
          unkept={unkept.find(({ item }) => item === undefined)}
          onWrite={(cause, text) => onWrite({ item: undefined, cause, text })}
          onRefuse={onRefuse}
          onCancel={onCancel}
        />
      ) : editable ? (
        <Button
          variant="subtle"
          size="sm"
          leftSection={<IconPlus className="rnoce-icon" aria-hidden />}
          onClick={onBegin}
        >
          {t('desk:dossier.add-general')}
        </Button>
      ) : null}
    </section>
  );
}
