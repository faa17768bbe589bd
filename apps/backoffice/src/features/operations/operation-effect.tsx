import { Button } from '@mantine/core';
import { formatDateTime } from '@rnoce/i18n';
import { type CustomsRequestDossier, customsRequestEffects } from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { ResendDialog } from './resend-dialog.tsx';

/** What became of an accepted request at BADR; what it didn't take waits here for an agent. */
export function OperationEffect({
  dossier,
  mayResend,
}: {
  dossier: CustomsRequestDossier;
  mayResend: boolean;
}) {
  const t = useT();
  const [resending, setResending] = useState(false);
  const { effect } = dossier;
  if (!effect) return null;
  const { tone, resendable } = customsRequestEffects[effect.status];
  return (
    <Notice tone={tone} title={t(`reference:operation-effect.${effect.status}`)}>
      <p>
        {t(`operations-desk:effect.${effect.status}`, {
          at: `\u2066${formatDateTime(effect.at)}\u2069`,
        })}
      </p>
      {effect.reason ? (
        <p>
          {t('operations-desk:effect.reason')} <bdi>{effect.reason}</bdi>
        </p>
      ) : null}
      {resendable && mayResend ? (
        <Button
          size="sm"
          mt="xs"
          leftSection={<IconSend className="rnoce-icon rnoce-mirror" aria-hidden />}
          onClick={() => setResending(true)}
        >
          {t('operations-desk:effect.resend')}
        </Button>
      ) : null}
      {resending ? <ResendDialog id={dossier.id} onClose={() => setResending(false)} /> : null}
    </Notice>
  );
}
