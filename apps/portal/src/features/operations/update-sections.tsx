import { formatDateTime } from '@rnoce/i18n';
import {
  fieldsOutsideUpdate,
  type RecordChange,
  type UpdatedSections,
  updateFixedFields,
} from '@rnoce/schemas/customs-request-rules';
import type { CustomsRequest } from '@rnoce/schemas/customs-requests';
import type { FormContext } from '@rnoce/schemas/fields';
import type { ManagerDraft, ManagerField } from '@rnoce/schemas/managers';
import { sections as allSections, type Section } from '@rnoce/schemas/sections';
import { leadTo } from '@rnoce/ui';
import { useT } from '@rnoce/ui/i18n';
import { offerUndo } from '@rnoce/ui/notifications';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { type ReactNode, useCallback, useMemo } from 'react';
import { FormProvider } from 'react-hook-form';
import type { DraftSnapshot, DraftStore } from '../../drafts/draft-store.ts';
import { type FormFrame, FormFrameContext, type Lists } from '../../form-sections/form-frame.ts';
import { isolated } from '../../form-sections/isolated.ts';
import { SectionFields } from '../../form-sections/section-fields.tsx';
import { SectionItems } from '../../form-sections/section-items.tsx';
import { completeSections } from '../../form-sections/section-values.ts';
import { useSectionForm } from '../../form-sections/use-section-form.ts';
import { controlAt } from '../../form-sections/use-target.ts';
import { BeforeNote } from './before-note.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { changePutBack, companyPutBack, managerFieldPutBack } from './put-back.ts';
import type { RequestParts } from './request-parts.ts';

interface UpdateProps {
  readonly request: CustomsRequest;
  readonly lists: Lists;
  readonly context: FormContext;
  readonly draft: DraftSnapshot<RequestParts>;
  readonly store: DraftStore<RequestParts>;
  readonly before: UpdatedSections;
  readonly changes: readonly RecordChange[];
  readonly judged: number;
  /** What stands below the sections. */
  readonly children: ReactNode;
}

const isUpdated = (section: Section): section is 'company' | 'managers' =>
  section === 'company' || section === 'managers';

/** The customs form over what BADR holds: each change is shown at its field and in the list of changes, and can be put back. */
export function UpdateSections(props: UpdateProps) {
  const { request, lists, context, draft, store, before, changes, judged, children } = props;
  const t = useT();
  const { company, managers } = draft.sections;

  /** Puts a section in the place of what is typed, and offers to take that back. */
  function replace<S extends 'company' | 'managers'>(section: S, data: RequestParts[S]): void {
    const earlier: RequestParts[S] = store.snapshot().sections[section];
    store.replace<S>(section, data);
    offerUndo(t('operations:change.put-back-done'), { undo: () => store.replace<S>(section, earlier) });
  }

  const whole = useMemo(() => completeSections({ company, managers }), [company, managers]);
  const latest = useCallback(() => {
    const now = store.snapshot().sections;
    return completeSections({ company: now.company, managers: now.managers });
  }, [store]);
  const change = useCallback<FormFrame['change']>(
    (section, data) => {
      if (section === 'company') store.change('company', data as RequestParts['company']);
      if (section === 'managers') store.change('managers', data as RequestParts['managers']);
    },
    [store],
  );
  const revisions = useMemo(
    () =>
      Object.fromEntries(
        allSections.map((section) => [section, isUpdated(section) ? draft.revisions[section] : 0]),
      ) as Record<Section, number>,
    [draft.revisions],
  );

  /** What a field was, under it, with the way back; of a manager, that they are new. */
  function noteOf(element: string): ReactNode {
    const [section, first = '', field] = element.split('.');
    if (section === 'company') {
      if (!changes.some(({ item }) => item === element)) return null;
      return (
        <BeforeNote
          section="company"
          field={first}
          value={(before.company as Record<string, unknown> | undefined)?.[first]}
          label={t(`reference:company.${first as 'ice'}`)}
          onPutBack={() => {
            replace('company', companyPutBack(first, before.company ?? {}, company, context));
            const control = controlAt(first);
            if (control) leadTo(control);
          }}
        />
      );
    }
    const manager = managers[Number(first)];
    const change = changes.find(({ item }) => item === `managers.${manager?.key ?? ''}`);
    if (!manager || !change) return null;
    if (field === undefined) {
      return change.kind === 'added' ? (
        <p>
          <StatusBadge tone="info">{t('operations:change.added')}</StatusBadge>
        </p>
      ) : null;
    }
    const was = (before.managers ?? []).find(({ key }) => key === manager.key);
    const name = field as ManagerField;
    if (!was || (was[name] ?? '').trim() === (manager[name] ?? '').trim()) return null;
    return (
      <BeforeNote
        section="managers"
        field={name}
        value={was[name]}
        label={t(`reference:manager.${name}`)}
        onPutBack={() => {
          const key: ManagerDraft['key'] = manager.key;
          replace('managers', managerFieldPutBack(key ?? '', name, before.managers ?? [], managers));
          const control = controlAt(element);
          if (control) leadTo(control);
        }}
      />
    );
  }

  const frame: FormFrame = {
    context,
    lists,
    sections: whole,
    latest,
    revisions,
    change,
    flush: store.flush,
    refusals: [],
    target: undefined,
    managersPath: '',
    noteOf,
    judged,
  };
  return (
    <FormFrameContext value={frame}>
      <div className="operation-columns">
        <div className="operation-main">
          {request.registryReadAt === null ? null : (
            <p className="rnoce-hint">
              {t('operations:update.read-at', { at: isolated(formatDateTime(request.registryReadAt)) })}
            </p>
          )}
          <Company />
          <Managers />
          {children}
        </div>
        <ChangesPanel
          changes={changes}
          onPutBack={(one) => {
            const back = changePutBack(one, before, { company, managers }, context);
            if (back.section === 'company') replace('company', back.data);
            else replace('managers', back.data);
          }}
          onPutAllBack={() => {
            const earlier = store.snapshot().sections;
            store.replace('company', before.company ?? {});
            store.replace('managers', before.managers ?? []);
            offerUndo(t('operations:change.all-put-back-done'), {
              undo: () => {
                store.replace('company', earlier.company);
                store.replace('managers', earlier.managers);
              },
            });
          }}
        />
      </div>
    </FormFrameContext>
  );
}

function Company() {
  const t = useT();
  const form = useSectionForm('company');
  return (
    <section className="operation-section" aria-labelledby="operation-company">
      <h2 id="operation-company">{t('reference:section.company')}</h2>
      <FormProvider {...form}>
        <SectionFields
          section="company"
          readOnly={updateFixedFields}
          without={fieldsOutsideUpdate}
          level={3}
        />
      </FormProvider>
    </section>
  );
}

function Managers() {
  const t = useT();
  const form = useSectionForm('managers');
  return (
    <section className="operation-section" aria-labelledby="operation-managers">
      <h2 id="operation-managers">{t('reference:section.managers')}</h2>
      <p className="wizard-lead">{t('operations:update.managers')}</p>
      <FormProvider {...form}>
        <SectionItems section="managers" level={3} />
      </FormProvider>
    </section>
  );
}
