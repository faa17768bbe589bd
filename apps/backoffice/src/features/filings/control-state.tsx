import { Button } from '@mantine/core';
import { confirmFilingControl } from '@rnoce/api-client/filings';
import { may } from '@rnoce/schemas/agent-rights';
import { ConfirmControlBody, type Dossier } from '@rnoce/schemas/filings';
import { validate } from '@rnoce/schemas/issues';
import { createAttempts } from '@rnoce/shell/idempotent-attempt';
import { issueResolver } from '@rnoce/ui';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { TextField } from '@rnoce/ui/text-field';
import { IconUserCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { dossierQuery } from '../../api/queries.ts';
import { FormDialog } from '../../records/form-dialog.tsx';
import { client } from '../../session/session.ts';
import { useAgent } from '../../session/use-session.ts';

/** How the account of an attached filing showed that it acts for the operator; an agent who saw evidence may confirm it. */
export function ControlState({ dossier }: { dossier: Dossier }) {
  const t = useT();
  const agent = useAgent();
  const [asking, setAsking] = useState(false);
  const state = useRef<HTMLElement>(null);
  const { control } = dossier;
  if (control === null) return null;
  const confirmed = () => {
    setAsking(false);
    // The button goes away: what it acted on keeps the focus.
    requestAnimationFrame(() => state.current?.focus());
  };
  return (
    <div>
      <dt>{t('desk:control.title')}</dt>
      <dd ref={state} tabIndex={-1}>
        {t(`desk:control.${control}`)}
        {control === 'unproven' && agent && may(agent, 'decideFilings') ? (
          <Button
            size="sm"
            variant="outline"
            leftSection={<IconUserCheck className="rnoce-icon" aria-hidden />}
            onClick={() => setAsking(true)}
          >
            {t('desk:control.confirm')}
          </Button>
        ) : null}
      </dd>
      {asking ? (
        <ControlDialog dossier={dossier} onConfirmed={confirmed} onClose={() => setAsking(false)} />
      ) : null}
    </div>
  );
}

function ControlDialog({
  dossier: { id, version, legalName, account },
  onConfirmed,
  onClose,
}: {
  dossier: Dossier;
  onConfirmed: () => void;
  onClose: () => void;
}) {
  const t = useT();
  const queries = useQueryClient();
  const [attempts] = useState(() => createAttempts());
  const form = useForm({
    defaultValues: { note: '' },
    shouldFocusError: false,
    resolver: issueResolver((values) => validate(ConfirmControlBody, values).issues),
  });
  const confirm = async ({ note }: ConfirmControlBody) => {
    const idempotencyKey = attempts.keyFor([note, version]);
    try {
      const { data } = await confirmFilingControl(client, {
        params: { id },
        body: { note },
        version,
        idempotencyKey,
      });
      attempts.end();
      queries.setQueryData(dossierQuery(id).queryKey, data);
      notify(t('desk:control.confirmed'), 'success');
      onConfirmed();
    } catch (error) {
      attempts.end(error);
      throw error;
    }
  };
  return (
    <FormDialog
      form={form}
      title={t('desk:control.confirm')}
      action={t('desk:control.confirm')}
      forget={() => queries.invalidateQueries(dossierQuery(id))}
      onSubmit={confirm}
      onClose={onClose}
    >
      <p>
        {t('desk:control.explained', {
          email: `\u2066${account.email}\u2069`,
          name: `\u2068${legalName}\u2069`,
        })}
      </p>
      <TextField
        name="note"
        label={t('desk:control.note')}
        help={t('desk:control.note-help')}
        rows={4}
        maxLength={1000}
        required
      />
    </FormDialog>
  );
}
