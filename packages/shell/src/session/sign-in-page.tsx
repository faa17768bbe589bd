import { useT } from '@rnoce/ui/i18n';
import { NarrowPage } from '@rnoce/ui/narrow-page';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import type { ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { safeReturn } from './entrance.ts';

/** After signing in: on to the page that was asked for. */
export function useGoOn(): () => Promise<void> {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const to = safeReturn(search.get('retour'));
  return async () => await navigate(to, { replace: true });
}

/** The sign-in: its title, what led here, the form and what stands below it. */
export function SignInPage({
  title,
  achieved = {},
  children,
}: {
  title: string;
  /** What was done just before, by the address's `motif`. Signing out is known. */
  achieved?: Readonly<Record<string, string>>;
  children: ReactNode;
}) {
  const t = useT();
  const [search] = useSearchParams();
  const done = new Map(Object.entries({ deconnexion: t('shell:sign-in.signed-out'), ...achieved })).get(
    search.get('motif') ?? '',
  );
  return (
    <NarrowPage>
      <PageTitle title={title} />
      {done !== undefined ? (
        <Notice tone="success" live="polite">
          <p>{done}</p>
        </Notice>
      ) : search.has('retour') ? (
        <Notice tone="info">
          <p>{t('shell:sign-in.needed')}</p>
        </Notice>
      ) : null}
      {children}
    </NarrowPage>
  );
}
