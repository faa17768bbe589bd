import { Button } from '@mantine/core';
import { changeIssuer } from '@rnoce/api-client/issuers';
import { formatCount } from '@rnoce/i18n';
import type { ManagedIssuer } from '@rnoce/schemas/issuers';
import { ConfirmDialog } from '@rnoce/ui/confirm-dialog';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { IconPencil, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { Fault } from '../../records/fault.tsx';
import { isolated } from '../../records/isolated.ts';
import { useAct } from '../../records/use-act.ts';
import { client } from '../../session/session.ts';
import { ChangeIssuerDialog } from './change-issuer-dialog.tsx';

/** What can be done about an issuer. */
export function IssuerActs({ issuer }: { issuer: ManagedIssuer }) {
  const t = useT();
  const { code, name, active, unpaidInvoices } = issuer;
  const { busy, fault, run } = useAct(forgetAdministration);
  const [open, setOpen] = useState<'change' | 'suspend'>();
  const setActive = (wanted: boolean) =>
    run(async () => {
      try {
        await changeIssuer(client, { params: { code }, body: { active: wanted } });
        notify(
          wanted ? t('administration:issuer.restored') : t('administration:issuer.suspended'),
          'success',
        );
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
          {t('administration:issuer.change')}
        </Button>
        {active ? (
          <Button
            size="sm"
            variant="outline"
            color="red"
            leftSection={<IconPlayerPause className="rnoce-icon" aria-hidden />}
            onClick={() => setOpen('suspend')}
          >
            {t('administration:issuer.suspend')}
          </Button>
        ) : (
          <Button
            size="sm"
            variant="outline"
            loading={busy}
            leftSection={<IconPlayerPlay className="rnoce-icon rnoce-mirror" aria-hidden />}
            onClick={() => void setActive(true)}
          >
            {t('administration:issuer.restore')}
          </Button>
        )}
      </div>
      {open === 'change' ? <ChangeIssuerDialog issuer={issuer} onClose={() => setOpen(undefined)} /> : null}
      <ConfirmDialog
        opened={open === 'suspend'}
        title={t('administration:issuer.suspend-title', { name: isolated(name) })}
        confirmLabel={t('administration:issuer.suspend')}
        danger
        busy={busy}
        onConfirm={() => void setActive(false)}
        onCancel={() => setOpen(undefined)}
      >
        <p>{t('administration:issuer.suspend-detail')}</p>
        <p>
          {unpaidInvoices === 0
            ? t('administration:issuer.suspend-payable')
            : t('administration:issuer.suspend-unpaid', {
                count: unpaidInvoices,
                total: formatCount(unpaidInvoices),
              })}
        </p>
      </ConfirmDialog>
    </>
  );
}
