import { changeIntegrator } from '@rnoce/api-client/integrators';
import type { Integrator } from '@rnoce/schemas/integrators';
import { useT } from '@rnoce/ui/i18n';
import { isolated } from '../../records/isolated.ts';
import { StandingActs } from '../../records/standing-acts.tsx';
import { client } from '../../session/session.ts';
import { ChangeIntegratorDialog } from './change-integrator-dialog.tsx';

/** What can be done about an integrator as a whole. */
export function IntegratorActs({ integrator }: { integrator: Integrator }) {
  const t = useT();
  const { id, name, active } = integrator;
  return (
    <StandingActs
      active={active}
      words={{
        change: t('integrators:one.change'),
        suspend: t('integrators:one.suspend'),
        restore: t('integrators:one.resume'),
        suspendTitle: t('integrators:one.suspend-title', { name: isolated(name) }),
        suspended: t('integrators:one.suspended'),
        restored: t('integrators:one.resumed'),
      }}
      renderDialog={(onClose) => <ChangeIntegratorDialog integrator={integrator} onClose={onClose} />}
      setActive={(wanted) => changeIntegrator(client, { params: { id }, body: { active: wanted } })}
    >
      <p>{t('integrators:one.suspend-detail')}</p>
    </StandingActs>
  );
}
