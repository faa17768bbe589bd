import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { Notice } from '@rnoce/ui/status-badge';
import { useState } from 'react';
import { RegistryCode } from '../../customs-account/registry-code.tsx';
import { cacheSubscription } from './server-draft.ts';
import { useWizard } from './wizard-context.ts';

const seenKey = (id: string): string => `rnoce_registered_seen.${id}`;

/** Whether this browser tab shows BADR's word on this subscription for the first time; remembered from then on. */
function firstArrival(id: string): boolean {
  try {
    const first = window.sessionStorage.getItem(seenKey(id)) === null;
    window.sessionStorage.setItem(seenKey(id), '1');
    return first;
  } catch {
    return true;
  }
}

/** What customs said of the operator: registered (on arrival), unknown, or no answer yet. A form without customs starts from theirs. */
export function RegistryNotice() {
  const t = useT();
  const { subscription } = useWizard();
  const { status } = subscription.registry;
  const [arrived] = useState(() => firstArrival(subscription.id));
  if (!subscription.authorities.includes('customs')) {
    return arrived ? (
      <div className="wizard-notice">
        <Notice tone="info" title={t('wizard:copied.title')} live="polite">
          <p>{t('wizard:copied.detail')}</p>
        </Notice>
      </div>
    ) : null;
  }
  if (status === 'unavailable') {
    return (
      <div className="wizard-notice">
        <Notice tone="warning" title={t('wizard:registry.unavailable.title')} live="polite">
          <p>{t('wizard:registry.unavailable.detail')}</p>
        </Notice>
      </div>
    );
  }
  if (!arrived) return null;
  return (
    <div className="wizard-notice">
      <Notice
        tone={status === 'registered' ? 'success' : 'info'}
        title={t(`wizard:registry.${status}.title`)}
        live="polite"
      >
        <p>{t(`wizard:registry.${status}.detail`)}</p>
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
