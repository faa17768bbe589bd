import { Button } from '@mantine/core';
import { type ListSection, sectionRule } from '@rnoce/schemas/sections';
import { controlOf, leadTo } from '@rnoce/ui';
import { CardList } from '@rnoce/ui/card-list';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { offerUndo } from '@rnoce/ui/notifications';
import { IconUserCheck } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useElementLabel } from '../subscription-summary/element-label.ts';
import { FieldFor } from './field-for.tsx';
import { groupsOf } from './field-groups.ts';
import { useFormFrame } from './form-frame.ts';
import { itemName, listScreens, type Offer, offersFor } from './list-screens.ts';
import { unchangedOf } from './refusals.ts';
import { RefusalsAt } from './refusals-at.tsx';
import { judgeValues, repeatedItems, warningsByField } from './section-issues.ts';
import { emptyItem, type Item, isTold, itemsOf, sectionOf } from './section-values.ts';
import './form.css';

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The items of a list: one compact card each, one open at a time. Stands inside the section's form. */
export function SectionItems({ section, level = 2 }: { section: ListSection; level?: 2 | 3 }) {
  const t = useT();
  const find = useFindMessage();
  const labelOf = useElementLabel();
  const { context, sections, refusals, noteOf, judged = 0 } = useFormFrame();
  const form = useFormContext();
  const items = itemsOf(section, { [section]: useWatch({ control: form.control, name: section }) });
  const { issues, warnings } = judgeValues(section, context, sectionOf(section, context, items));
  const doubts = warningsByField(warnings);
  const repeated = repeatedItems(section, items);
  const { distinct, max = Number.POSITIVE_INFINITY } = sectionRule(section);
  const submitted = form.formState.isSubmitted || judged > 0;

  function problemOf(index: number): string | undefined {
    const place = `${section}.${index}`;
    const refused = unchangedOf(refusals).some(
      ({ element }) => element === place || element?.startsWith(`${place}.`) === true,
    );
    if (refused) return t('wizard:item.refused');
    if (repeated[index]?.length) return t(`wizard:${section}.repeated`);
    const count = issues.filter(({ pointer }) => pointer.startsWith(`/${section}/${index}/`)).length;
    return submitted && count > 0 ? t('wizard:item.incomplete', { count }) : undefined;
  }

  // An item that was empty when it came on the screen may take over someone's data; what is typed meanwhile doesn't move the fields.
  const [fresh, setFresh] = useState<ReadonlySet<string>>(
    () => new Set(items.filter((item) => !isTold(item)).map(({ key }) => key)),
  );

  // Left, the step has no form any more to put an item back into: « Rétablir » goes with it.
  const endOffer = useRef<() => void>(undefined);
  useEffect(() => () => endOffer.current?.(), []);

  const standing = () => itemsOf(section, form.getValues());

  /** Errors stand by position: after a change of the list they are judged again, or wait for a field to be left. */
  function replace(next: Item[]): void {
    form.setValue(section, next);
    form.clearErrors(section);
    if (submitted) void form.trigger();
  }

  function warningOf(index: number, field: string): string | undefined {
    const doubt = doubts.get(`${section}.${index}.${field}`);
    if (doubt) return find(`errors:warning.${doubt.code}`, doubt.params);
    // The later of two that say the same is wrong; the earlier one is told.
    const [other] = repeated[index] ?? [];
    return field === distinct?.field && other !== undefined && other > index
      ? t('wizard:item.repeated-at', { item: labelOf(`${section}.${other}`) })
      : undefined;
  }

  function add(): void {
    const added = emptyItem(section);
    setFresh(new Set([...fresh, added.key]));
    form.setValue(section, [...standing(), added]);
  }

  function takeOver(index: number, { values }: Offer): void {
    const place = `${section}.${index}`;
    setFresh(new Set([...fresh].filter((key) => key !== items[index]?.key)));
    for (const [field, value] of Object.entries(values)) {
      form.setValue(`${place}.${field}`, value ?? '', { shouldValidate: submitted });
    }
    const left = Object.keys(sectionRule(section).fields).find((field) => text(values[field]) === '');
    const control = left === undefined ? null : controlOf(document, `${place}.${left}`);
    if (control) leadTo(control);
  }

  const { detail } = listScreens[section];
  const cards = items.map((item, index) => {
    const name = itemName(item);
    const kind = detail.kind === undefined ? '' : text(item[detail.kind]);
    return {
      key: item.key,
      title: name === '' ? labelOf(`${section}.${index}`) : name,
      detail: (
        <>
          {kind === '' ? null : find(`reference:id-type.${kind}`)}{' '}
          <bdi className="rnoce-code">{text(item[detail.field])}</bdi>
        </>
      ),
      problem: problemOf(index),
    };
  });

  return (
    <CardList
      items={cards}
      addLabel={t(`wizard:${section}.add`)}
      max={max}
      full={t(`wizard:${section}.full`, { max })}
      onAdd={add}
      onRemove={({ title }, index) => {
        const removed = standing().slice(index, index + 1);
        replace(standing().toSpliced(index, 1));
        endOffer.current = offerUndo(t('common:card-list.removed', { name: title }), {
          undo: () => replace(standing().toSpliced(index, 0, ...removed)),
        });
      }}
    >
      {({ key }, index) => {
        const offers = fresh.has(key) ? offersFor(section, key, items, (from) => sections[from]) : [];
        return (
          <>
            <RefusalsAt element={`${section}.${index}`} refusals={refusals} />
            {noteOf?.(`${section}.${index}`)}
            <Offers offers={offers} onTake={(offer) => takeOver(index, offer)} />
            {groupsOf(section).map(([group, fields]) => (
              <CardGroup key={group} level={level} title={t(`wizard:group.${group}`)}>
                {fields.map((field) => (
                  <div key={field}>
                    <FieldFor
                      section={section}
                      field={field}
                      name={`${section}.${index}.${field}`}
                      element={`${section}.${index}.${field}`}
                      warning={warningOf(index, field)}
                    />
                    {noteOf?.(`${section}.${index}.${field}`)}
                  </div>
                ))}
              </CardGroup>
            ))}
          </>
        );
      }}
    </CardList>
  );
}

/** « Reprendre les informations de : … ». */
function Offers({ offers, onTake }: { offers: readonly Offer[]; onTake: (offer: Offer) => void }) {
  const t = useT();
  if (offers.length === 0) return null;
  return (
    <div className="wizard-offers">
      <span aria-hidden>{t('wizard:item.take-over')}</span>
      {offers.map((offer) => (
        <Button
          key={offer.key}
          size="compact-md"
          variant="outline"
          aria-label={t('common:labelled', { label: t('wizard:item.take-over'), value: offer.name })}
          leftSection={<IconUserCheck className="rnoce-icon" aria-hidden />}
          onClick={() => onTake(offer)}
        >
          <bdi>{offer.name}</bdi>
        </Button>
      ))}
    </div>
  );
}

function CardGroup({ title, level, children }: { title: string; level: 2 | 3; children: ReactNode }) {
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <section aria-labelledby={id}>
      <Heading id={id} className="wizard-card-group">
        {title}
      </Heading>
      <div className="wizard-fields">{children}</div>
    </section>
  );
}
