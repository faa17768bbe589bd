import { Button } from '@mantine/core';
import { type ReasonCause, reasonCauses } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { IconAlertCircle } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { UnkeptRefusal } from './unkept-refusals.ts';
import './verdict.css';

/**
 * Why something is refused: a cause, by a click or its number, then a text for the operator. Enter keeps the reason, Escape gives it up;
 * a form that closes by anything else leaves what was typed to `onWrite`, and `unkept` brings it back.
 */
export function RefusalForm({
  label,
  initial,
  unkept,
  onWrite,
  onRefuse,
  onCancel,
}: {
  /** What is refused. */
  label: string;
  initial?: { readonly cause: ReasonCause; readonly text: string } | undefined;
  /** What was typed here before, and not kept. */
  unkept: UnkeptRefusal | undefined;
  onWrite: (cause: ReasonCause | undefined, text: string) => void;
  onRefuse: (cause: ReasonCause, text: string) => void;
  onCancel: () => void;
}) {
  const t = useT();
  const id = useId();
  const [cause, setCause] = useState(unkept ? unkept.cause : initial?.cause);
  const [text, setText] = useState(unkept?.text ?? initial?.text ?? '');
  const [fault, setFault] = useState<'cause' | 'text'>();
  const box = useRef<HTMLFormElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const resumed = useRef(unkept !== undefined);
  useEffect(() => {
    const first = box.current?.querySelector<HTMLInputElement>('input:checked, input');
    (resumed.current ? area.current : first)?.focus();
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  const choose = (chosen: ReasonCause) => {
    setCause(chosen);
    setFault(undefined);
    onWrite(chosen, text);
  };
  const keep = () => {
    if (cause === undefined) {
      setFault('cause');
      box.current?.querySelector('input')?.focus();
      return;
    }
    if (cause === 'other' && text.trim() === '') {
      setFault('text');
      area.current?.focus();
      return;
    }
    onRefuse(cause, text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault();
      keep();
      return;
    }
    const chosen = event.target === area.current ? undefined : reasonCauses[Number(event.key) - 1];
    if (!chosen) return;
    event.preventDefault();
    choose(chosen);
    area.current?.focus();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of its own controls, on their way up
    <form
      ref={box}
      className="backoffice-refusal"
      aria-label={t('desk:refusal.title', { label })}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <fieldset aria-describedby={fault === 'cause' ? `${id}-cause` : undefined}>
        <legend>{t('desk:refusal.cause')}</legend>
        {reasonCauses.map((code, index) => (
          <label key={code}>
            <input
              type="radio"
              name={id}
              value={code}
              checked={cause === code}
              onChange={() => choose(code)}
            />
            <kbd aria-hidden>{index + 1}</kbd>
            {t(`reference:cause.${code}`)}
          </label>
        ))}
      </fieldset>
      {fault === 'cause' ? <Fault id={`${id}-cause`} text={t('desk:refusal.cause-missing')} /> : null}
      <label htmlFor={`${id}-text`} className="backoffice-refusal-label">
        {cause === 'other' ? t('desk:refusal.text-required') : t('desk:refusal.text')}
      </label>
      <textarea
        ref={area}
        id={`${id}-text`}
        className="rnoce-input"
        rows={2}
        dir="auto"
        maxLength={1000}
        value={text}
        aria-invalid={fault === 'text' || undefined}
        aria-describedby={fault === 'text' ? `${id}-fault ${id}-hint` : `${id}-hint`}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setFault(undefined);
          onWrite(cause, event.currentTarget.value);
        }}
      />
      {fault === 'text' ? <Fault id={`${id}-fault`} text={t('desk:refusal.text-missing')} /> : null}
      <p id={`${id}-hint`} className="rnoce-hint">
        {t('desk:refusal.hint')}
      </p>
      <div className="backoffice-actions">
        <Button type="submit" size="sm" color="red">
          {t('desk:refusal.keep')}
        </Button>
        <Button size="sm" variant="subtle" onClick={onCancel}>
          {t('common:action.cancel')}
        </Button>
      </div>
    </form>
  );
}

function Fault({ id, text }: { id: string; text: string }) {
  return (
    <p id={id} className="rnoce-field-error" role="alert">
      <IconAlertCircle className="rnoce-icon" aria-hidden />
      <span>{text}</span>
    </p>
  );
}
