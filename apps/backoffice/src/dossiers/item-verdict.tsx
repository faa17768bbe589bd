import type { RequestReasonView } from '@rnoce/schemas/customs-request-reasons';
import { useT } from '@rnoce/ui/i18n';
import { IconCheck, IconCircleCheck, IconCircleDashed, IconCircleX, IconX } from '@tabler/icons-react';
import './verdict.css';

/** Where an item of a dossier stands in the verdict on it. */
export type ItemState = 'todo' | 'accepted' | 'refused';

const icons = { todo: IconCircleDashed, accepted: IconCircleCheck, refused: IconCircleX } as const;

/** Where an item stands in the verdict: an icon, and its word for who can't see it. */
export function ItemMark({ state }: { state: ItemState }) {
  const t = useT();
  const Icon = icons[state];
  return (
    <span className="backoffice-mark" data-state={state}>
      <Icon className="rnoce-icon" aria-hidden />
      <span className="rnoce-visually-hidden">{t(`desk:item.${state}`)}</span>
    </span>
  );
}

/** The two words on an item. Pressed again, a word is taken back. */
export function ItemVerdict({
  item,
  label,
  state,
  words = false,
  onAccept,
  onRefuse,
}: {
  item: string;
  /** What the item is called. */
  label: string;
  state: ItemState;
  /** Shows the words beside the icons. */
  words?: boolean;
  onAccept: (item: string) => void;
  onRefuse: (item: string) => void;
}) {
  const t = useT();
  return (
    <span className="backoffice-words">
      <button
        type="button"
        data-item={item}
        data-word="accepted"
        aria-pressed={state === 'accepted'}
        aria-label={t('desk:item.accept-name', { label })}
        title={t('desk:item.accept')}
        onClick={() => onAccept(item)}
      >
        <IconCheck className="rnoce-icon" aria-hidden />
        {words ? t('desk:item.accept') : null}
      </button>
      <button
        type="button"
        data-word="refused"
        aria-pressed={state === 'refused'}
        aria-label={t('desk:item.refuse-name', { label })}
        title={t('desk:item.refuse')}
        onClick={() => onRefuse(item)}
      >
        <IconX className="rnoce-icon" aria-hidden />
        {words ? t('desk:item.refuse') : null}
      </button>
    </span>
  );
}

/** Reasons as the operator will read them: the cause's sentence and the text. */
export function Reasons({ reasons }: { reasons: readonly Pick<RequestReasonView, 'cause' | 'text'>[] }) {
  const t = useT();
  return reasons.map(({ cause, text }) => (
    <p key={`${cause} ${text}`} className="backoffice-reason">
      <IconCircleX className="rnoce-icon" aria-hidden />
      <span>
        <strong>{t(`reference:cause.${cause}`)}</strong>
        {text === '' ? null : <bdi>{text}</bdi>}
      </span>
    </p>
  ));
}
