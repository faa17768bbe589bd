import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconCheck, IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { FormFoot } from './form-foot.tsx';
import { useT } from './i18n.tsx';
import type { SaveStatus } from './save-state.tsx';
import './wizard-shell.css';

export interface WizardStep {
  readonly id: string;
  readonly label: string;
  readonly state: 'done' | 'current' | 'todo' | 'attention';
  /** Required things still missing; shown beside the state. */
  readonly missing?: number | undefined;
  /** What is missing are documents. */
  readonly asksDocuments?: boolean | undefined;
  /** Names the group of steps that starts here. */
  readonly group?: string | undefined;
}

/** What « Suivant » does. `missing` > 0 keeps it inactive but reachable: pressed, it leads to what is missing. */
export interface WizardNext {
  readonly label?: string | undefined;
  readonly missing: number;
  /** What is missing are documents. */
  readonly asksDocuments?: boolean | undefined;
  readonly busy?: boolean | undefined;
  readonly onNext: () => void;
  /** Moves to the first thing that is missing. */
  readonly onMissing: () => void;
}

/** The sentence on how much is missing. */
export const missingWords = (asksDocuments = false) =>
  asksDocuments ? 'common:wizard.missing-documents' : 'common:wizard.missing';

/**
 * The frame of the wizard: the steps at the side (a bar on top on a phone), the step's content, and the foot that stays
 * in view. Dumb: it knows neither the form nor the router; `link` makes a step's link.
 */
export function WizardShell({
  steps,
  link,
  saveStatus,
  onPrevious,
  next,
  children,
}: {
  steps: readonly WizardStep[];
  link: (step: WizardStep, content: ReactNode) => ReactNode;
  saveStatus: SaveStatus;
  /** Absent on the first step. */
  onPrevious?: (() => void) | undefined;
  next: WizardNext;
  children: ReactNode;
}) {
  const t = useT();
  const id = useId();
  /** On a phone the steps are folded under the bar; the step from which they were unfolded. */
  const [listedAt, setListedAt] = useState<number>();
  const position = steps.findIndex(({ state }) => state === 'current');
  const blocked = next.missing > 0;
  const listed = listedAt === position;
  return (
    <div className="rnoce-wizard">
      <nav aria-label={t('common:wizard.steps')} className="rnoce-wizard-steps">
        <button
          type="button"
          className="rnoce-wizard-progress"
          aria-expanded={listed}
          aria-controls={`${id}-steps`}
          onClick={() => setListedAt(listed ? undefined : position)}
        >
          <strong>{steps[position]?.label}</strong>
          <span>{t('common:wizard.progress', { current: position + 1, total: steps.length })}</span>
          <IconChevronDown className="rnoce-icon" aria-hidden />
        </button>
        <p className="rnoce-wizard-count">
          {t('common:wizard.progress', { current: position + 1, total: steps.length })}
        </p>
        <div className="rnoce-wizard-bar" aria-hidden>
          <span style={{ inlineSize: `${((position + 1) / steps.length) * 100}%` }} />
        </div>
        <ol id={`${id}-steps`} data-listed={listed || undefined}>
          {steps.map((step, index) => (
            <li
              key={step.id}
              data-state={step.state}
              aria-current={step.state === 'current' ? 'step' : undefined}
            >
              {step.group === undefined ? null : <p className="rnoce-wizard-group">{step.group}</p>}
              {link(step, <StepMark step={step} number={index + 1} />)}
            </li>
          ))}
        </ol>
      </nav>
      <div className="rnoce-wizard-content">{children}</div>
      <FormFoot
        saveStatus={saveStatus}
        start={
          onPrevious ? (
            <Button
              variant="outline"
              onClick={onPrevious}
              leftSection={<IconArrowLeft className="rnoce-icon rnoce-mirror" aria-hidden />}
            >
              {t('common:action.previous')}
            </Button>
          ) : (
            <span />
          )
        }
        next={{
          label: next.label ?? t('common:action.next'),
          blockedBy: blocked ? t(missingWords(next.asksDocuments), { count: next.missing }) : undefined,
          busy: next.busy,
          onPress: () => (blocked ? next.onMissing() : next.onNext()),
        }}
      />
    </div>
  );
}

const stateWords = {
  done: 'common:wizard.state.done',
  current: 'common:wizard.state.current',
  todo: 'common:wizard.state.todo',
  attention: 'common:wizard.state.attention',
} as const satisfies Record<WizardStep['state'], string>;

function StepMark({ step, number }: { step: WizardStep; number: number }) {
  const t = useT();
  const missing = step.missing ?? 0;
  return (
    <>
      <span className="rnoce-wizard-mark" aria-hidden>
        {step.state === 'done' ? (
          <IconCheck className="rnoce-icon" />
        ) : step.state === 'attention' ? (
          <IconAlertTriangle className="rnoce-icon" />
        ) : (
          number
        )}
      </span>
      <span className="rnoce-wizard-label">
        {step.label}
        <span className="rnoce-wizard-detail">
          {missing > 0 && step.state !== 'done'
            ? t(missingWords(step.asksDocuments), { count: missing })
            : t(stateWords[step.state])}
        </span>
      </span>
    </>
  );
}
