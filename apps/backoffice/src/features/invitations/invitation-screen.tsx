import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { passwordLengthQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';
import { sessionKeeper } from '../../session/session.ts';
import { sessionStore } from '../../session/session-store.ts';
import { DeadLink } from './dead-link.tsx';
import { invitationQuery } from './invitation-query.ts';
import { keepToken, keptToken } from './link-token.ts';
import { ReadyForOther } from './ready-for-other.tsx';
import { SetUpAccess } from './set-up-access.tsx';
import './invitation.css';

/** Whoever is signed in in this browser must be told before they go on as somebody else. */
export async function loader(): Promise<null> {
  warm(passwordLengthQuery);
  if (sessionStore.state().kind === 'unknown' && sessionStore.mayHaveSession())
    // The page must open even when the server can't say.
    await sessionKeeper.resume().catch(() => false);
  return null;
}

/**
 * Where the link of an invitation leads. Its secret is taken out of the address at once, so that no shared screen, bookmark or
 * history shows it; this tab keeps it over a reload. The browser may have noted the address before this page runs.
 */
export function Component() {
  const t = useT();
  const navigate = useNavigate();
  const given = useLocation().hash.slice(1);
  useLayoutEffect(() => {
    if (given === '') return;
    keepToken(given);
    void navigate(paths.invitation, { replace: true });
  }, [given, navigate]);
  if (given !== '') return null;
  const token = keptToken();
  return (
    <div className="invitation rnoce-card">
      {token === undefined ? (
        <>
          <PageTitle title={t('invitation:unknown.title')} />
          <DeadLink state="unknown" />
        </>
      ) : (
        // Another link opened in this tab is another matter: nothing typed goes over.
        <OpenedLinkPage key={token} token={token} />
      )}
    </div>
  );
}

function OpenedLinkPage({ token }: { token: string }) {
  const t = useT();
  const query = useQuery(invitationQuery(token));
  const [ready, setReady] = useState<string>();
  const state = ready === undefined ? (query.data?.state ?? 'valid') : 'ready';
  return (
    <>
      {/* What a page is about changes with it: the focus goes to its new heading. */}
      <PageTitle
        key={state}
        title={t(state === 'valid' ? 'invitation:title' : `invitation:${state}.title`)}
      />
      {ready === undefined ? (
        <QueryState query={query} lines={6}>
          {(link) =>
            link.state === 'valid' ? (
              <SetUpAccess
                token={token}
                {...link}
                onDead={() => void query.refetch()}
                onReady={() => setReady(link.invited.email)}
              />
            ) : (
              <DeadLink state={link.state} />
            )
          }
        </QueryState>
      ) : (
        <ReadyForOther email={ready} />
      )}
    </>
  );
}
