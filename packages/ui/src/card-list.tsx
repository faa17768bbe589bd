import { Button } from '@mantine/core';
import { IconChevronDown, IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useT } from './i18n.tsx';
import { leadTo, revealEvent } from './reveal.ts';
import { StatusBadge } from './status-badge.tsx';
import './card-list.css';

export interface CardListItem {
  /** Stable while the list changes: `field.id` of `useFieldArray`. */
  readonly key: string;
  /** What the closed card shows: a name, or what it will be. */
  readonly title: string;
  readonly detail?: ReactNode;
  /** Said on the card, so that a closed one doesn't hide an error. */
  readonly problem?: string | undefined;
}

/**
 * Compact cards, one open at a time. Adding opens the new card and moves the focus into it; the caller removes at once and
 * offers to undo (`offerUndo`).
 */
export function CardList<Item extends CardListItem>({
  items,
  children,
  onAdd,
  onRemove,
  addLabel,
  full,
  max,
  min = 1,
}: {
  items: readonly Item[];
  /** The content of the open card. */
  children: (item: Item, index: number) => ReactNode;
  onAdd: () => void;
  onRemove: (item: Item, index: number) => void;
  addLabel: string;
  /** Why nothing more can be added, once there are `max`. */
  full?: string | undefined;
  max: number;
  min?: number;
}) {
  const t = useT();
  const id = useId();
  const [open, setOpen] = useState(items[0]?.key);
  const added = useRef(false);
  const list = useRef<HTMLUListElement>(null);
  const last = items.at(-1)?.key;

  useEffect(() => {
    const element = list.current;
    const reveal = (event: Event) => {
      const card = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-card]') : null;
      // At once: the focus goes into the card next.
      if (card) flushSync(() => setOpen(card.dataset.card));
    };
    element?.addEventListener(revealEvent, reveal);
    return () => element?.removeEventListener(revealEvent, reveal);
  }, []);

  useEffect(() => {
    if (!added.current || last === undefined) return;
    added.current = false;
    requestAnimationFrame(() => {
      const card = list.current?.querySelector(`[data-card="${CSS.escape(last)}"]`);
      const first = card?.querySelector<HTMLElement>('[data-field]');
      if (first) leadTo(first);
    });
  }, [last]);

  return (
    <div>
      <ul className="rnoce-card-list" ref={list}>
        {items.map((item, index) => {
          const isOpen = item.key === open || items.length === 1;
          return (
            <li
              key={item.key}
              className="rnoce-card-list-item"
              data-card={item.key}
              data-open={isOpen || undefined}
            >
              <div className="rnoce-card-list-head">
                <button
                  type="button"
                  className="rnoce-card-list-toggle"
                  aria-expanded={isOpen}
                  aria-controls={`${id}-${item.key}`}
                  onClick={() => setOpen(isOpen ? undefined : item.key)}
                >
                  <IconChevronDown className="rnoce-icon" aria-hidden />
                  <span>
                    <strong>{item.title}</strong>
                    {item.detail === undefined || isOpen ? null : (
                      <span className="rnoce-card-list-detail">{item.detail}</span>
                    )}
                  </span>
                </button>
                {item.problem === undefined ? null : <StatusBadge tone="danger">{item.problem}</StatusBadge>}
                {items.length > min ? (
                  <Button
                    variant="subtle"
                    color="red"
                    size="sm"
                    aria-label={t('common:action.remove-name', { name: item.title })}
                    leftSection={<IconTrash className="rnoce-icon" aria-hidden />}
                    onClick={() => onRemove(item, index)}
                  >
                    {t('common:action.remove')}
                  </Button>
                ) : null}
              </div>
              <div id={`${id}-${item.key}`} className="rnoce-card-list-body" hidden={!isOpen}>
                {children(item, index)}
              </div>
            </li>
          );
        })}
      </ul>
      {items.length < max ? (
        <Button
          variant="outline"
          leftSection={<IconPlus className="rnoce-icon" aria-hidden />}
          onClick={() => {
            added.current = true;
            onAdd();
          }}
        >
          {addLabel}
        </Button>
      ) : full === undefined ? null : (
        <output className="rnoce-card-list-full">{full}</output>
      )}
    </div>
  );
}
