import { ApiError } from '@rnoce/api-client/api-error';
import { BrokenPage } from '@rnoce/ui/error-boundary';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { ErrorState } from '@rnoce/ui/states';
import { useEffect } from 'react';
import { useRevalidator, useRouteError } from 'react-router';

/** A page that broke while loading or drawing: a lost connection is tried again once it is back, a fault can be reloaded. */
export function RouteFault() {
  const error = useRouteError();
  const t = useT();
  const { revalidate } = useRevalidator();
  const answered = error instanceof ApiError;
  useEffect(() => {
    if (!answered) return;
    const again = () => void revalidate();
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [answered, revalidate]);
  if (answered)
    return (
      <>
        <PageTitle title={t('shell:fault.title')} />
        <ErrorState error={error} onRetry={() => void revalidate()} />
      </>
    );
  return <BrokenPage error={error} />;
}
