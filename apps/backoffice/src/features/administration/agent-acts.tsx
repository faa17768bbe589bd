import { Button } from '@mantine/core';
import { changeAgent, renewAgentAccess } from '@rnoce/api-client/agents';
import { agentInvitationHours } from '@rnoce/schemas/agent-invitations';
import { may } from '@rnoce/schemas/agent-rights';
import type { ManagedAgent } from '@rnoce/schemas/agents';
import { ConfirmDialog } from '@rnoce/ui/confirm-dialog';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { IconKey, IconMailForward, IconPencil, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { Fault } from '../../records/fault.tsx';
import { isolated } from '../../records/isolated.ts';
import { useAct } from '../../records/use-act.ts';
import { useOnce } from '../../records/use-once.ts';
import { client } from '../../session/session.ts';
import { ChangeAgentDialog } from './change-agent-dialog.tsx';

/** What an administrator can do about an agent; about oneself, only what isn't another administrator's to do. */
export function AgentActs({ agent, own }: { agent: ManagedAgent; own: boolean }) {
  const t = useT();
  const { id, name, email, status } = agent;
  const { busy, fault, run } = useAct(forgetAdministration);
  const once = useOnce();
  const [open, setOpen] = useState<'change' | 'suspend' | 'renew'>();
  const params = { id };
  const close = () => setOpen(undefined);
  const suspend = () =>
    run(async () => {
      try {
        await changeAgent(client, { params, body: { active: false } });
        notify(t('administration:agent.suspended'), 'success');
      } finally {
        close();
      }
    });
  const restore = () =>
    run(async () => {
      const { data } = await changeAgent(client, { params, body: { active: true } });
      if (data.status === 'invited') notify(t('administration:agent.restored-invited'), 'warning');
      else notify(t('administration:agent.restored'), 'success');
    });
  const sendLink = () =>
    run(async () => {
      const to = { email: isolated(email) };
      try {
        await once(status, (idempotencyKey) => renewAgentAccess(client, { params, idempotencyKey }));
        notify(
          status === 'invited' ? t('administration:agent.resent', to) : t('administration:agent.renewed', to),
          'success',
        );
      } finally {
        close();
      }
    });
  return (
    <>
      <Fault text={fault} />
      <div className="record-actions">
        <Act icon={<IconPencil className="rnoce-icon" aria-hidden />} onClick={() => setOpen('change')}>
          {t('administration:agent.change')}
        </Act>
        {own ? null : (
          <AccessActs
            status={status}
            busy={busy}
            onSuspend={() => setOpen('suspend')}
            onRestore={() => void restore()}
            onRenew={() => setOpen('renew')}
            onResend={() => void sendLink()}
          />
        )}
      </div>
      {open === 'change' ? <ChangeAgentDialog agent={agent} own={own} onClose={close} /> : null}
      <ConfirmDialog
        opened={open === 'suspend'}
        title={t('administration:agent.suspend-title', { name: isolated(name) })}
        confirmLabel={t('administration:agent.suspend')}
        danger
        busy={busy}
        onConfirm={() => void suspend()}
        onCancel={close}
      >
        <p>{t('administration:agent.suspend-detail')}</p>
        {may(agent, 'decideFilings') ? <p>{t('administration:agent.suspend-held')}</p> : null}
      </ConfirmDialog>
      <ConfirmDialog
        opened={open === 'renew'}
        title={t('administration:agent.renew-title', { name: isolated(name) })}
        confirmLabel={t('administration:agent.renew')}
        danger
        busy={busy}
        onConfirm={() => void sendLink()}
        onCancel={close}
      >
        <p>{t('administration:agent.renew-detail')}</p>
        <p>{t('administration:agent.renew-link', { hours: agentInvitationHours, email: isolated(email) })}</p>
      </ConfirmDialog>
    </>
  );
}

/** What becomes of the access; a button that takes the place of another one keeps its focus. */
function AccessActs({
  status,
  busy,
  onSuspend,
  onRestore,
  onRenew,
  onResend,
}: {
  status: ManagedAgent['status'];
  busy: boolean;
  onSuspend: () => void;
  onRestore: () => void;
  onRenew: () => void;
  onResend: () => void;
}) {
  const t = useT();
  return (
    <>
      {status === 'suspended' ? null : status === 'invited' ? (
        <Act
          icon={<IconMailForward className="rnoce-icon rnoce-mirror" aria-hidden />}
          busy={busy}
          onClick={onResend}
        >
          {t('administration:agent.resend')}
        </Act>
      ) : (
        <Act icon={<IconKey className="rnoce-icon" aria-hidden />} onClick={onRenew}>
          {t('administration:agent.renew')}
        </Act>
      )}
      {status === 'suspended' ? (
        <Act
          icon={<IconPlayerPlay className="rnoce-icon rnoce-mirror" aria-hidden />}
          busy={busy}
          onClick={onRestore}
        >
          {t('administration:agent.restore')}
        </Act>
      ) : (
        <Act icon={<IconPlayerPause className="rnoce-icon" aria-hidden />} danger onClick={onSuspend}>
          {t('administration:agent.suspend')}
        </Act>
      )}
    </>
  );
}

function Act({
  icon,
  danger = false,
  busy = false,
  onClick,
  children,
}: {
  icon: ReactNode;
  danger?: boolean;
  busy?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Button
      size="sm"
      variant="outline"
      {...(danger && { color: 'red' })}
      leftSection={icon}
      loading={busy}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
