import { IconChevronDown } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { FieldValues } from 'react-hook-form';
import { FieldFrame, type FieldProps, useField } from './field.tsx';
import { useLocale, useT } from './i18n.tsx';
import { indexOptions, type SearchOption, searchOptions } from './search.ts';
import './search-select-field.css';

/** Drawn at once; beyond, the list says how many are left, and typing narrows it. Keeps 1,700 towns instant. */
const shownAtOnce = 50;

/** « 0077 FKIH BEN SALAH », with the Arabic name in Arabic when the list has one. */
const codeAndName = ({ code, label, labelAr }: SearchOption, arabic: boolean): string =>
  `${code} ${arabic ? (labelAr ?? label) : label}`;

/**
 * One entry of a long list, found by code or by words of its name, without accents and in any order. The value is the
 * entry's code. Follows the ARIA combobox pattern: arrows, Enter, Escape, Home, End.
 */
export function SearchSelectField<V extends FieldValues = FieldValues>({
  options,
  format = codeAndName,
  ...props
}: FieldProps<V> & {
  options: readonly SearchOption[];
  format?: (option: SearchOption, arabic: boolean) => string;
}) {
  const t = useT();
  const arabic = useLocale().locale === 'ar';
  const [typed, setTyped] = useState<string>();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const { id, ids, field, text: value, error, controlProps } = useField(props);

  const index = useMemo(() => indexOptions(options), [options]);
  const selected = useMemo(() => options.find(({ code }) => code === value), [options, value]);
  const results = useMemo(
    () => (open ? searchOptions(index, typed ?? '', shownAtOnce) : { options: [], total: 0 }),
    [index, typed, open],
  );
  const left = (typed ?? '') === '' ? 0 : results.total - results.options.length;
  const fixed = props.readOnly === true || props.disabled === true;

  useEffect(() => {
    if (open) list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [open, active]);

  function show(): void {
    if (fixed || open) return;
    setActive(0);
    setOpen(true);
  }

  function close(): void {
    setOpen(false);
    setTyped(undefined);
  }

  function pick(option: SearchOption | undefined): void {
    if (option && option.code !== value) field.onChange(option.code);
    close();
    if (option) props.onCommit?.();
  }

  function leave(): void {
    if (typed !== undefined) {
      const found = searchOptions(index, typed, 2);
      const only =
        found.total === 1 || found.options[0]?.code === typed.trim() ? found.options[0] : undefined;
      if (typed.trim() === '') field.onChange('');
      // Words that name one entry alone choose it; any other text gives way to what was chosen before.
      else if (only) field.onChange(only.code);
    }
    close();
    field.onBlur();
    props.onCommit?.();
  }

  function press(event: KeyboardEvent<HTMLInputElement>): void {
    const last = results.options.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(active + 1, last),
      ArrowUp: Math.max(active - 1, 0),
      PageDown: Math.min(active + 10, last),
      PageUp: Math.max(active - 10, 0),
    };
    const target = moves[event.key];
    if (target !== undefined) {
      event.preventDefault();
      if (open) setActive(target);
      else show();
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      pick(results.options[active]);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }

  return (
    <FieldFrame id={id} ids={ids} error={error} {...props}>
      <div className="rnoce-input-box">
        <input
          {...controlProps}
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && results.options.length > 0 ? `${id}-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={120}
          dir="auto"
          readOnly={props.readOnly}
          disabled={props.disabled}
          placeholder={t('common:search.hint')}
          className="rnoce-input rnoce-with-button"
          value={typed ?? (selected ? format(selected, arabic) : value)}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
            setOpen(true);
          }}
          onFocus={(event) => event.target.select()}
          onClick={show}
          onKeyDown={press}
          onBlur={leave}
        />
        <IconChevronDown className="rnoce-icon rnoce-select-chevron" aria-hidden />
        <div className="rnoce-options" hidden={!open}>
          {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select can't be searched, a datalist can't be styled or capped */}
          <div ref={list} id={`${id}-list`} role="listbox" tabIndex={-1} aria-label={props.label}>
            {results.options.map((option, position) => (
              <div
                key={option.code}
                id={`${id}-${position}`}
                // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see the listbox
                role="option"
                tabIndex={-1}
                aria-selected={option.code === value}
                data-active={position === active || undefined}
                dir="auto"
                // The press must not take the focus from the field, or `leave` would run first.
                onMouseDown={(event) => {
                  event.preventDefault();
                  pick(option);
                }}
              >
                {format(option, arabic)}
              </div>
            ))}
          </div>
          {results.options.length === 0 ? (
            <p>{t('common:search.empty', { query: typed ?? '' })}</p>
          ) : left > 0 ? (
            <p>{t('common:search.more', { count: left })}</p>
          ) : null}
        </div>
      </div>
      <output className="rnoce-visually-hidden" aria-live="polite">
        {open && typed !== undefined ? t('common:search.results', { count: results.total }) : ''}
      </output>
    </FieldFrame>
  );
}
