import { Button } from '@mantine/core';
import { resendRegistration } from '@rnoce/api-client/filings';
import { formatDateTime } from '@rnoce/i18n';
import { may } from '@rnoce/schemas/agent-rights';
import type { Dossier } from '@rnoce/schemas/filings';
import { createAttempts } from '@rnoce/shell/idempotent-attempt';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { useErrorSentence } from '@rnoce/ui/states';
import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { dossierQuery } from '../../api/queries.ts';
import { client } from '../../session/session.ts';
import { useAgent } from '../../session/use-session.ts';

/** Whether BADR has taken the validated record; sending it again when it hasn't. */
export function RegistrationState({ dossier: { id, registration } }: { dossier: Dossier }) {
  const t = useT();
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const agent = useAgent();
  const [attempts] = useState(() => createAttempts());
  const [busy, setBusy] = useState(false);
  const state = useRef<HTMLElement>(null);
  if (!registration) return null;
  const resend = async () => {
    setBusy(true);
    try {
      const idempotencyKey = attempts.keyFor([registration.at]);
      const { data } = await resendRegistration(client, { params: { id }, idempotencyKey });
      attempts.end();
      queries.setQueryData(dossierQuery(id).queryKey, data);
      // The button goes away: what it acted on keeps the focus.
      state.current?.focus();
      notify(t('desk:registration.resent'), 'success');
    } catch (error) {
      attempts.end(error);
      notify(sentence(error), 'warning');
      await queries.invalidateQueries(dossierQuery(id));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div>
      <dt>BADR</dt>
      <dd ref={state} tabIndex={-1}>
        {t(`desk:registration.${registration.status}`)}
        {registration.at ? <bdi className="rnoce-tabular">{formatDateTime(registration.at)}</bdi> : null}
        {registration.status === 'refused' && agent && may(agent, 'decideFilings') ? (
          <Button
            size="sm"
            variant="outline"
            loading={busy}
            leftSection={<IconRefresh className="rnoce-icon" aria-hidden />}
            onClick={() => void resend()}
          >
            {t('desk:registration.resend')}
          </Button>
        ) : null}
      </dd>
    </div>
  );
}
