import { Group, Stack, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { AppFooter, AppHeader, SkipLink } from '../src/app-header.tsx';
import { CardList } from '../src/card-list.tsx';
import { CheckboxField, RadioField } from '../src/choice-fields.tsx';
import { CopyableCode } from '../src/copyable-code.tsx';
import { DateField } from '../src/date-field.tsx';
import { Form } from '../src/form.tsx';
import { issueResolver } from '../src/form-errors.ts';
import { useT } from '../src/i18n.tsx';
import { IdentifierField } from '../src/identifier-field.tsx';
import { Notifications, offerUndo } from '../src/notifications.tsx';
import { PageTitle } from '../src/page-title.tsx';
import { PasswordField } from '../src/password-field.tsx';
import { PasswordMeter } from '../src/password-meter.tsx';
import { PdfThumbnail, PdfViewer } from '../src/pdf-viewer.tsx';
import { SearchSelectField } from '../src/search-select-field.tsx';
import { SelectField } from '../src/select-field.tsx';
import { EmptyState, ErrorState, LoadingState } from '../src/states.tsx';
import { Notice, StatusBadge } from '../src/status-badge.tsx';
import { TextField } from '../src/text-field.tsx';
import { Timeline } from '../src/timeline.tsx';
import { UploadSlot } from '../src/upload-slot.tsx';
import { WizardShell, type WizardStep } from '../src/wizard-shell.tsx';

const towns = Array.from({ length: 1700 }, (_, index) => ({
  code: String(index).padStart(4, '0'),
  label: index === 77 ? 'FKIH BEN SALAH' : `VILLE ${index}`,
}));

const stepLink = (step: WizardStep, content: ReactNode) =>
  step.state === 'todo' ? (
    <span className="rnoce-wizard-plain">{content}</span>
  ) : (
    <a href={`#${step.id}`}>{content}</a>
  );

export function Demo() {
  const t = useT();
  const form = useForm<Record<string, unknown>>({
    shouldFocusError: false,
    defaultValues: { centre: '0077', ice: '278802788027880' },
    resolver: issueResolver((values) => [
      ...['name', 'town', 'start', 'password', 'entity', 'terms', 'origin']
        .filter((name) => !values[name])
        .map((name) => ({ pointer: `/${name}`, code: 'required' })),
      ...(/^\d{15}$/.test(String(values.ice))
        ? []
        : [{ pointer: '/ice', code: 'exact_length', params: { length: 15 } }]),
    ]),
  });
  const [managers, setManagers] = useState([
    { key: 'a', title: 'Salma EL IDRISSI', detail: 'AE180358' },
    { key: 'b', title: 'Younes BENALI', detail: 'KK333', problem: t('errors:field.duplicate') },
  ]);
  return (
    <div className="rnoce-page">
      <SkipLink />
      <AppHeader
        title={t('portal:app.title')}
        home={
          <a href="/" className="rnoce-wordmark">
            {t('common:wordmark')}
          </a>
        }
      />
      <main id="content" tabIndex={-1} className="rnoce-main">
        <WizardShell
          steps={[
            { id: 'company', label: t('reference:step.company'), state: 'done' },
            { id: 'managers', label: t('reference:step.managers'), state: 'current', missing: 2 },
            { id: 'documents', label: t('reference:step.documents'), state: 'attention', missing: 3 },
            { id: 'review', label: t('reference:step.review'), state: 'todo' },
          ]}
          link={stepLink}
          saveStatus={{ kind: 'saved', savedAt: '2023-09-11T09:42:00Z' }}
          onPrevious={() => undefined}
          next={{
            missing: 5,
            onNext: () => undefined,
            onMissing: () => void form.handleSubmit(() => undefined)(),
          }}
        >
          <Stack>
            <PageTitle title={t('reference:section.company')} />
            <Form form={form} onSubmit={() => undefined}>
              <div className="rnoce-card">
                <div className="rnoce-field-grid">
                  <TextField name="name" label={t('reference:company.legalName')} required />
                  <IdentifierField
                    name="ice"
                    label={t('reference:company.ice')}
                    help={t('errors:field.exact_length', { length: 15 })}
                    warning={t('errors:warning.ice_check_digits')}
                    required
                    inputMode="numeric"
                  />
                  <SearchSelectField
                    name="town"
                    label={t('reference:company.city')}
                    options={towns}
                    required
                  />
                  <SearchSelectField
                    name="centre"
                    label={t('reference:company.rcCentre')}
                    options={towns}
                    required
                  />
                  <DateField name="start" label={t('reference:company.startDate')} required />
                  <SelectField
                    name="origin"
                    label={t('reference:company.origin')}
                    required
                    options={(['lease', 'domiciliation', 'acquisition'] as const).map((value) => ({
                      value,
                      label: t(`reference:origin.${value}`),
                    }))}
                  />
                  <RadioField
                    name="entity"
                    label={t('reference:company.entityType')}
                    required
                    options={(['legal_person', 'natural_person'] as const).map((value) => ({
                      value,
                      label: t(`reference:entity-type.${value}`),
                    }))}
                  />
                  <PasswordField
                    name="password"
                    label={t('common:password.strength.label')}
                    autoComplete="new-password"
                    meter={<PasswordMeter score={2} advice={t('errors:field.password_too_weak')} />}
                  />
                  <CheckboxField name="terms" label={t('reference:section.terms')} required />
                  <TextField name="fixed" label={t('reference:company.operatorType')} readOnly />
                </div>
                <button type="submit">{t('common:action.confirm')}</button>
              </div>
            </Form>
            <Title order={2}>{t('reference:section.managers')}</Title>
            <CardList
              items={managers}
              max={5}
              addLabel={t('common:action.add')}
              onAdd={() =>
                setManagers([...managers, { key: String(managers.length), title: '—', detail: '' }])
              }
              onRemove={(item) => {
                setManagers(managers.filter((other) => other !== item));
                offerUndo(t('common:card-list.removed', { name: item.title }), {
                  undo: () => setManagers(managers),
                });
              }}
            >
              {(item) => <p>{item.title}</p>}
            </CardList>
            <Title order={2}>{t('reference:section.documents')}</Title>
            <div className="rnoce-upload-grid">
              <UploadSlot
                name="documents.identity"
                label={t('reference:document.identity')}
                required
                state={{ kind: 'empty' }}
                maxBytes={3145728}
                refusal={t('errors:file.not_pdf')}
                onChoose={() => undefined}
              />
              <UploadSlot
                name="documents.ice"
                label={t('reference:document.ice')}
                required
                state={{
                  kind: 'given',
                  fileName: 'attestation-ice-2026.pdf',
                  size: 2_900_000,
                  downloadUrl: '/sample.pdf',
                  thumbnail: <PdfThumbnail url="/sample.pdf" />,
                  onPreview: () => undefined,
                  onRemove: () => undefined,
                }}
                verdict={{ tone: 'danger', word: t('reference:cause.illegible'), reason: <p>« … »</p> }}
                maxBytes={3145728}
                onChoose={() => undefined}
              />
              <UploadSlot
                name="documents.tax"
                label={t('reference:document.tax_id')}
                state={{ kind: 'uploading', fileName: 'if.pdf', percent: 42, onCancel: () => undefined }}
                maxBytes={3145728}
                onChoose={() => undefined}
              />
            </div>
            <Group>
              <StatusBadge tone="draft">{t('reference:filing-status.draft')}</StatusBadge>
              <StatusBadge tone="info">{t('reference:filing-status.in_review')}</StatusBadge>
              <StatusBadge tone="warning">{t('reference:filing-status.incomplete')}</StatusBadge>
              <StatusBadge tone="success">{t('reference:filing-status.validated')}</StatusBadge>
              <CopyableCode code="11092023I00000001138" />
            </Group>
            <Timeline
              label={t('reference:filing-status.in_review')}
              entries={[
                {
                  id: '1',
                  label: t('reference:filing-event.submitted'),
                  when: '11/09/2023 11:53',
                  state: 'done',
                },
                { id: '2', label: t('reference:filing-status.in_review'), state: 'current' },
                { id: '3', label: t('reference:filing-event.validated'), state: 'todo' },
              ]}
            />
            <Notice tone="success">{t('reference:registry-status.registered')}</Notice>
            <Notice tone="warning" title={t('reference:registry-status.unavailable')}>
              <p>{t('errors:transport.timeout')}</p>
            </Notice>
            <PdfViewer url="/sample.pdf" name="sample.pdf" />
            <LoadingState />
            <EmptyState title={t('portal:tabs.requests')}>
              <p>{t('portal:tabs.label')}</p>
            </EmptyState>
            <ErrorState error={{ code: 'internal', requestId: 'req-7f3a' }} onRetry={() => undefined} />
          </Stack>
        </WizardShell>
      </main>
      <Notifications />
      <AppFooter />
    </div>
  );
}
