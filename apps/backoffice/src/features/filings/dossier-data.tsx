import { Button } from '@mantine/core';
import type { MessageKey } from '@rnoce/i18n';
import type { Dossier, VerdictItem } from '@rnoce/schemas/filings';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { IconArrowsDiff, IconCheck, IconChecks, IconQuestionMark } from '@tabler/icons-react';
import { Fragment } from 'react';
import {
  type Comparison,
  compare,
  countDifferences,
  sameManager,
  undeclaredManagers,
} from './differences.ts';
import { FieldValue } from './field-value.tsx';
import { useItemLabel } from './item-label.ts';
import { ItemMark, ItemVerdict, Reasons } from './item-verdict.tsx';
import { RefusalForm } from './refusal-form.tsx';
import type { Judging } from './use-judging.ts';
import { reasonsOf, stateOf } from './verdict-draft.ts';
import './dossier-data.css';

type Values = Readonly<Record<string, unknown>>;

const marks = { same: IconCheck, different: IconArrowsDiff, absent: IconQuestionMark } as const;

/** What BADR says of a value: an icon and a word. */
function ComparisonMark({ comparison }: { comparison: Comparison }) {
  const t = useT();
  if (comparison === 'none') return null;
  const Icon = marks[comparison];
  return (
    <span className="backoffice-comparison" data-comparison={comparison}>
      <Icon className="rnoce-icon" aria-hidden />
      {t(`backoffice:badr.${comparison}`)}
    </span>
  );
}

/** The fields of the company or of one manager: declared, BADR's, and the word on each. */
function FieldTable({
  caption,
  section,
  items,
  declared,
  held,
  judging,
}: {
  caption: string;
  section: 'company' | 'managers';
  items: readonly VerdictItem[];
  declared: Values;
  /** Null: BADR holds nothing to put beside. */
  held: Values | null;
  judging: Judging;
}) {
  const t = useT();
  const labelOf = useItemLabel();
  const { verdict, current, refusing, editable, preparing } = judging;
  const columns = 2 + (held ? 1 : 0) + (editable ? 1 : 0);
  return (
    <table className="backoffice-fields">
      <caption className="rnoce-visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('backoffice:dossier.field')}</th>
          <th scope="col">{t('backoffice:dossier.declared')}</th>
          {held ? <th scope="col">BADR</th> : null}
          {editable ? <th scope="col">{t('backoffice:dossier.verdict')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const name = item.split('.').at(-1) ?? '';
          const state = stateOf(verdict, item);
          const reasons = reasonsOf(verdict, item);
          const comparison = held ? compare(name, declared[name], held[name]) : 'none';
          return (
            <Fragment key={item}>
              <tr data-state={state} data-current={(editable && item === current) || undefined}>
                <th scope="row">
                  {preparing || state === 'refused' ? <ItemMark state={state} /> : null}
                  {t(`reference:${section === 'company' ? 'company' : 'manager'}.${name}` as MessageKey)}
                </th>
                <td data-label={t('backoffice:dossier.declared')}>
                  <FieldValue section={section} name={name} value={declared[name]} />
                </td>
                {held ? (
                  <td data-label="BADR" data-comparison={comparison}>
                    {comparison === 'different' ? (
                      <FieldValue section={section} name={name} value={held[name]} />
                    ) : null}
                    <ComparisonMark comparison={comparison} />
                  </td>
                ) : null}
                {editable ? (
                  <td>
                    <ItemVerdict
                      item={item}
                      state={state}
                      onAccept={judging.accept}
                      onRefuse={judging.beginRefusal}
                    />
                  </td>
                ) : null}
              </tr>
              {refusing === item ? (
                <tr className="backoffice-row-under">
                  <td colSpan={columns}>
                    <RefusalForm
                      label={labelOf(item)}
                      initial={reasons[0]}
                      unkept={judging.unkept.find((refusal) => refusal.item === item)}
                      onWrite={(cause, text) => judging.write({ item, cause, text })}
                      onRefuse={judging.refuse}
                      onCancel={judging.cancelRefusal}
                    />
                  </td>
                </tr>
              ) : reasons.length > 0 ? (
                <tr className="backoffice-row-under">
                  <td colSpan={columns}>
                    <Reasons reasons={reasons} />
                  </td>
                </tr>
              ) : null}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

function SectionHead({
  id,
  title,
  items,
  judging,
}: {
  id: string;
  title: string;
  items: readonly VerdictItem[];
  judging: Judging;
}) {
  const t = useT();
  const todo = items.filter((item) => stateOf(judging.verdict, item) === 'todo');
  return (
    <div className="backoffice-section-head">
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      {judging.editable && todo.length > 0 ? (
        <Button
          size="sm"
          variant="subtle"
          leftSection={<IconChecks className="rnoce-icon" aria-hidden />}
          onClick={() => judging.acceptAll(todo)}
        >
          {t('backoffice:dossier.accept-rest', { count: todo.length })}
        </Button>
      ) : null}
    </div>
  );
}

/** What BADR says of the operator as a whole. */
function RegistryNotice({
  dossier: { registry, sections },
  companyItems,
}: {
  dossier: Dossier;
  companyItems: readonly string[];
}) {
  const t = useT();
  const { locale } = useLocale();
  const { status, mismatch, record } = registry;
  if (!record) {
    return (
      <Notice tone={status === 'unavailable' ? 'warning' : 'info'}>
        <p>{t(`reference:registry-status.${status}`)}</p>
        {mismatch.length > 0 ? (
          <p>
            {t('backoffice:badr.mismatch', {
              fields: new Intl.ListFormat(locale).format(
                mismatch.map((field) => t(`reference:identifiers.${field}` as MessageKey)),
              ),
            })}
          </p>
        ) : null}
      </Notice>
    );
  }
  const names = companyItems.map((item) => item.replace('company.', ''));
  const count = countDifferences(names, sections.company ?? {}, record.company);
  return (
    <Notice tone={count === 0 ? 'success' : 'warning'}>
      <p>
        {t('backoffice:badr.registered', {
          account: record.accountNumber,
          state: t(`reference:account-status.${record.accountStatus}`),
        })}{' '}
        {t('backoffice:badr.differences', { count })}
      </p>
    </Notice>
  );
}

/** The middle of the dossier: the form as it was sent, beside what BADR holds. */
export function DossierData({ dossier, judging }: { dossier: Dossier; judging: Judging }) {
  const t = useT();
  const { locale } = useLocale();
  const { record } = dossier.registry;
  const declared = dossier.sections.managers ?? [];
  const held = record?.managers ?? [];
  const unknown = record ? undeclaredManagers(declared, held) : [];
  return (
    <>
      <RegistryNotice dossier={dossier} companyItems={judging.items.company} />
      <section className="rnoce-card" aria-labelledby="section-company">
        <SectionHead
          id="section-company"
          title={t('reference:section.company')}
          items={judging.items.company}
          judging={judging}
        />
        <FieldTable
          caption={t('reference:section.company')}
          section="company"
          items={judging.items.company}
          declared={dossier.sections.company ?? {}}
          held={record?.company ?? null}
          judging={judging}
        />
      </section>
      <section className="rnoce-card" aria-labelledby="section-managers">
        <SectionHead
          id="section-managers"
          title={t('reference:section.managers')}
          items={judging.items.managers}
          judging={judging}
        />
        {declared.map((manager, index) => {
          const known = sameManager(manager, held);
          const name = `${manager.firstName ?? ''} ${manager.lastName ?? ''}`;
          return (
            <Fragment key={`${index} ${manager.idNumber ?? ''}`}>
              <h3>
                {t('backoffice:dossier.manager', { number: index + 1 })} <bdi>{name}</bdi>
              </h3>
              {record && !known ? <p className="rnoce-hint">{t('backoffice:badr.manager-unknown')}</p> : null}
              <FieldTable
                caption={`${t('backoffice:dossier.manager', { number: index + 1 })} ${name}`}
                section="managers"
                items={judging.items.managers.filter((item) => item.startsWith(`managers.${index}.`))}
                declared={manager}
                held={known ?? null}
                judging={judging}
              />
            </Fragment>
          );
        })}
        {unknown.length > 0 ? (
          <Notice tone="warning">
            <p>
              {t('backoffice:badr.undeclared-managers', {
                names: new Intl.ListFormat(locale).format(
                  unknown.map(({ firstName, lastName }) => `${firstName ?? ''} ${lastName ?? ''}`.trim()),
                ),
              })}
            </p>
          </Notice>
        ) : null}
      </section>
    </>
  );
}
