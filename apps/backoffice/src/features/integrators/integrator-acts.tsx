import { Button } from '@mantine/core';
import { changeIntegrator } from '@rnoce/api-client/integrators';
import type { Integrator } from '@rnoce/schemas/integrators';
import { ConfirmDialog } from '@rnoce/ui/confirm-dialog';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { IconPencil, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { Fault } from '../../records/fault.tsx';
import { useAct } from '../../records/use-act.ts';
import { client } from '../../session/session.ts';
import { ChangeIntegratorDialog } from './change-integrator-dialog.tsx';

/** What can be done about an integrator as a whole. */
export function IntegratorActs({ integrator }: { integrator: Integrator }) {
  const t = useT();
  const { id, name, active } = integrator;
  const { busy, fault, run } = useAct(forgetAdministration);
  const [open, setOpen] = useState<'change' | 'suspend'>();
  const setActive = (wanted: boolean) =>
    run(async () => {
      try {
        await changeIntegrator(client, { params: { id }, body: { active: wanted } });
        notify(wanted ? t('integrators:one.resumed') : t('integrators:one.suspended'), 'success');
      } finally {
        setOpen(undefined);
      }
    });
  return (
    <>
      <Fault text={fault} />
      <div className="record-actions">
        <Button
          size="sm"
          variant="outline"
          leftSection={<IconPencil className="rnoce-icon" aria-hidden />}
          onClick={() => setOpen('change')}
        >
          {t('integrators:one.change')}
        </Button>
        {active ? (
          <Button
            size="sm"
            variant="outline"
            color="red"
            leftSection={<IconPlayerPause className="rnoce-icon" aria-hidden />}
            onClick={() => setOpen('suspend')}
          >
            {t('integrators:one.suspend')}
          </Button>
        ) : (
          <Button
            size="sm"
            loading={busy}
            leftSection={<IconPlayerPlay className="rnoce-icon rnoce-mirror" aria-hidden />}
            onClick={() => void setActive(true)}
          >
            {t('integrators:one.resume')}
          </Button>
        )}
      </div>
      {open === 'change' ? (
        <ChangeIntegratorDialog integrator={integrator} onClose={() => setOpen(undefined)} />
      ) : null}
      <ConfirmDialog
        opened={open === 'suspend'}
        title={t('integrators:one.suspend-title', { name })}
        confirmLabel={t('integrators:one.suspend')}
        danger
        busy={busy}
        onConfirm={() => void setActive(false)}
        onCancel={() => setOpen(undefined)}
      >
        <p>{t('integrators:one.suspend-detail')}</p>
      </ConfirmDialog>
    </>
  );
}
