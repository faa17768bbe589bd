import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { ListStep } from './list-step.tsx';
import { PeopleNotice } from './registry-notice.tsx';
import { useWizard } from './wizard-context.ts';

/** « Les gérants ». Says so when the legal representative was one of them and is no more. */
export function ManagersStep() {
  const t = useT();
  const { issues, subscription } = useWizard();
  return (
    <ListStep section="managers">
      <PeopleNotice step="managers" />
      {issues.some(({ code }) => code === 'not_a_manager') ? (
        <div className="wizard-notice">
          <Notice tone="warning" title={t('wizard:legalRepresentative.gone.title')} live="polite">
            <p>
              <Link to={paths.step(subscription.id, 'legalRepresentative')}>
                {t('wizard:legalRepresentative.choose')}
              </Link>
            </p>
          </Notice>
        </div>
      ) : null}
    </ListStep>
  );
}
