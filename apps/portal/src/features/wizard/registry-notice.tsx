import { useLocale, useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { Notice } from '@rnoce/ui/status-badge';
import { useState } from 'react';
import { RegistryCode } from '../../customs-account/registry-code.tsx';
import { mismatchSentence } from '../../subscription-summary/mismatch-sentence.ts';
import { cacheSubscription } from './server-draft.ts';
import { useWizard } from './wizard-context.ts';

const seenKey = (id: string): string => `rnoce_registered_seen.${id}`;

/** Whether this browser tab shows this answer about a subscription for the first time; remembered from then on. */
function firstArrival(id: string, answer: string): boolean {
  try {
    const first = window.sessionStorage.getItem(seenKey(id)) !== answer;
    window.sessionStorage.setItem(seenKey(id), answer);
    return first;
  } catch {
    return true;
  }
}

/** On the first step: that customs give no answer yet, or that a form without customs starts from theirs. */
export function RegistryNotice() {
  const t = useT();
  const { subscription } = useWizard();
  const [arrived] = useState(
    () => !subscription.authorities.includes('customs') && firstArrival(subscription.id, 'copied'),
  );
  if (arrived) {
    return (
      <div className="wizard-notice">
        <Notice tone="info" title={t('wizard:copied.title')} live="polite">
          <p>{t('wizard:copied.detail')}</p>
        </Notice>
      </div>
    );
  }
  if (!subscription.authorities.includes('customs') || subscription.registry.status !== 'unavailable')
    return null;
  return (
    <div className="wizard-notice">
      <Notice tone="warning" title={t('wizard:registry.unavailable.title')} live="polite">
        <p>{t('wizard:registry.unavailable.detail')}</p>
      </Notice>
    </div>
  );
}

/** Above every step: what customs answered about the operator, registered or unknown, once for each answer, whenever it comes. */
export function RegistryAnswer() {
  const { subscription } = useWizard();
  const { status, checkedAt } = subscription.registry;
  if (!subscription.authorities.includes('customs') || status === 'unavailable') return null;
  // Once sent, the form is no more what customs filled in.
  if (subscription.submittedAt !== null) return null;
  const answer = `${status} ${checkedAt ?? ''}`;
  return <Arrival key={answer} answer={answer} />;
}

function Arrival({ answer }: { answer: string }) {
  const t = useT();
  const { locale } = useLocale();
  const { subscription } = useWizard();
  const { status, mismatch } = subscription.registry;
  const [arrived] = useState(() => firstArrival(subscription.id, answer));
  if (!arrived) return null;
  return (
    <div className="wizard-notice">
      <Notice
        tone={status === 'registered' ? 'success' : mismatch.length > 0 ? 'warning' : 'info'}
        title={t(`wizard:registry.${status}.title`)}
        live="polite"
      >
        <p>{t(`wizard:registry.${status}.detail`)}</p>
        {mismatch.length > 0 ? <p>{mismatchSentence(t, locale, mismatch)}</p> : null}
      </Notice>
    </div>
  );
}

/** Why people's data isn't prefilled, and how to have it: a code sent to the address that BADR holds. */
export function PeopleNotice({ step }: { step: 'company' | 'managers' }) {
  const t = useT();
  const { subscription, draft, store } = useWizard();
  const { people } = subscription.registry;
  const { company, managers } = draft.sections;
  const [wasEmpty] = useState(() => (step === 'company' ? !company.phone : managers.length === 0));
  // What is there already wouldn't be filled in.
  if (!wasEmpty) return null;
  if (people === 'no_email') {
    return (
      <div className="wizard-notice">
        <Notice tone="info" title={t('wizard:people.title')}>
          <p>{t('wizard:people.no-email')}</p>
        </Notice>
      </div>
    );
  }
  if (people !== 'code_needed') return null;
  return (
    <div className="wizard-notice">
      <Notice tone="info" title={t('wizard:people.title')}>
        <p>{t(step === 'company' ? 'wizard:people.company' : 'wizard:people.managers')}</p>
        <RegistryCode
          subscriptionId={subscription.id}
          confirmLabel={t('wizard:people.confirm')}
          // What is typed goes first: the answer fills only what is still empty on the server.
          before={store.flush}
          onConfirmed={(filled) => {
            cacheSubscription(filled);
            notify(t('wizard:people.filled'), 'success');
          }}
        />
      </Notice>
    </div>
  );
}
