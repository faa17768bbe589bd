import { formatCount } from '@rnoce/i18n';
import type { FormContext } from '@rnoce/schemas/fields';
import { type Step, stepOf, stepsOf } from '@rnoce/schemas/subscriptions';
import { useT } from '@rnoce/ui/i18n';
import { missingWords } from '@rnoce/ui/wizard-shell';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Ref } from 'react';
import { Link } from 'react-router';
import { useIssueSentence } from '../../form-sections/issue-sentence.ts';
import { elementOf } from '../../form-sections/section-issues.ts';
import { paths } from '../../paths.ts';
import { useElementLabel } from '../../subscription-summary/element-label.ts';
import { asksDocuments, missingIn } from './steps.ts';
import { useWizard } from './wizard-context.ts';

interface Missing {
  readonly pointer: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
}

type Form = Pick<FormContext, 'operatorType' | 'authorities'>;

/** The steps of the form in which something is missing or wrong, each with what. */
function bySteps(form: Form, issues: readonly Missing[]): readonly (readonly [Step, readonly Missing[]])[] {
  return stepsOf(form)
    .map((step) => [step, issues.filter(({ pointer }) => stepOf(pointer) === step)] as const)
    .filter(([, found]) => found.length > 0);
}

/** The steps in which something is missing, each leading to the first of it. */
export function MissingSteps({ issues }: { issues: readonly Missing[] }) {
  const t = useT();
  const { subscription } = useWizard();
  return (
    <ul className="wizard-list">
      {bySteps(subscription, issues).map(([step, [first]]) => (
        <li key={step}>
          <Link to={paths.step(subscription.id, step, first && elementOf(first.pointer))}>
            {t(`reference:step.${step}`)}
          </Link>
          {' — '}
          {t(missingWords(asksDocuments(step)), { count: missingIn(step, issues) })}
        </li>
      ))}
    </ul>
  );
}

/** What is still missing or wrong, by step, each leading to its place. */
export function MissingList({
  title,
  issues,
  box,
}: {
  title: string;
  issues: readonly Missing[];
  box: Ref<HTMLDivElement>;
}) {
  const t = useT();
  const labelOf = useElementLabel();
  const sentenceOf = useIssueSentence();
  const { subscription } = useWizard();
  return (
    <div ref={box} tabIndex={-1} role="alert" className="rnoce-error-summary">
      <h2 className="rnoce-error-summary-title">
        <IconAlertTriangle className="rnoce-icon" aria-hidden />
        {title}
      </h2>
      {bySteps(subscription, issues).map(([step, found]) => (
        <div key={step}>
          <h3 className="wizard-missing-step">
            {t(`reference:step.${step}`)}
            {` (${formatCount(missingIn(step, issues))})`}
          </h3>
          <ul>
            {found.map((issue) => (
              <li key={`${issue.pointer} ${issue.code}`}>
                <Link to={paths.step(subscription.id, step, elementOf(issue.pointer))}>
                  {labelOf(elementOf(issue.pointer))}
                </Link>
                {' — '}
                {sentenceOf(issue)}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
