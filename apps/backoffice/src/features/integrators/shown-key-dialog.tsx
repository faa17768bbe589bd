import { Button } from '@mantine/core';
import type { ApiKey } from '@rnoce/schemas/integrators';
import { issueResolver } from '@rnoce/ui';
import { CheckboxField } from '@rnoce/ui/choice-fields';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { Dialog } from '@rnoce/ui/dialog';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { useEffect } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import './integrators.css';

/** A key as it is answered when it is made: the only time that it is there whole. */
export type MadeKey = Pick<ApiKey, 'name'> & { readonly key: string };

/**
 * Shows a key, this once. It lives in this dialog alone: neither a click beside it nor Escape closes it, and leaving the page asks first.
 */
export function ShownKeyDialog({ made: { name, key }, onClose }: { made: MadeKey; onClose: () => void }) {
  const t = useT();
  const form = useForm<{ kept: boolean }>({
    defaultValues: { kept: false },
    resolver: issueResolver(({ kept }) =>
      kept ? [] : [{ pointer: '/kept', code: t('integrators:shown-key.keep-first') }],
    ),
  });
  useEffect(() => {
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, []);
  return (
    <Dialog
      size="lg"
      onClose={() => {}}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      title={t('integrators:shown-key.title', { name })}
    >
      <Notice tone="warning">
        <p>{t('integrators:shown-key.once')}</p>
      </Notice>
      <div className="integrators-key">
        <CopyableCode code={key} name={t('integrators:shown-key.copy')}>
          <bdi className="rnoce-code">{key}</bdi>
        </CopyableCode>
      </div>
      {/* One box needs no summary of errors: the focus goes to it. */}
      <FormProvider {...form}>
        <form noValidate onSubmit={form.handleSubmit(onClose)}>
          <CheckboxField name="kept" label={t('integrators:shown-key.kept')} />
          <p className="rnoce-hint">{t('integrators:shown-key.lost')}</p>
          <div className="integrators-end">
            <Button type="submit">{t('integrators:shown-key.done')}</Button>
          </div>
        </form>
      </FormProvider>
    </Dialog>
  );
}
