import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { deleteCustomsRequest } from '@rnoce/api-client/customs-requests';
import type { CustomsRequestType } from '@rnoce/schemas/customs-account';
import type { CustomsRequestId } from '@rnoce/schemas/primitives';
import { queryClient } from '@rnoce/shell/query-client';
import { ConfirmDialog } from '@rnoce/ui/confirm-dialog';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { useErrorSentence } from '@rnoce/ui/states';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { customsRequestQuery, forgetCustomsAccount } from '../../api/queries.ts';
import { forgetOwnCopies } from '../../drafts/own-copies.ts';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';

/** Gives up a draft. What was typed and given can't be had back, so it is asked first. */
export function DeleteRequest({ id, type }: { id: CustomsRequestId; type: CustomsRequestType }) {
  const t = useT();
  const sentence = useErrorSentence();
  const navigate = useNavigate();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);

  async function carryOut(): Promise<void> {
    setBusy(true);
    try {
      await deleteCustomsRequest(client, { params: { id } });
    } catch (error) {
      // Deleted from another tab already: what was wanted.
      if (!(error instanceof ApiError && error.status === 404)) {
        notify(sentence(error), 'danger');
        setBusy(false);
        setAsked(false);
        return;
      }
    }
    await forgetCustomsAccount();
    await navigate(paths.subscriptions);
    forgetOwnCopies(id);
    queryClient.removeQueries({ queryKey: customsRequestQuery(id).queryKey });
    notify(t('operations:delete.done'), 'success');
  }

  return (
    <>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        leftSection={<IconTrash className="rnoce-icon" aria-hidden />}
        onClick={() => setAsked(true)}
      >
        {t('operations:delete.action')}
      </Button>
      <ConfirmDialog
        opened={asked}
        title={t('operations:delete.title')}
        confirmLabel={t('operations:delete.action')}
        danger
        busy={busy}
        onConfirm={() => void carryOut()}
        onCancel={() => setAsked(false)}
      >
        <p>{t(`operations:delete.detail.${type}`)}</p>
      </ConfirmDialog>
    </>
  );
}
