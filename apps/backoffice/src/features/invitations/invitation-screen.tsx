import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { paths } from '../../paths.ts';
import { sessionKeeper } from '../../session/session.ts';
import { sessionStore } from '../../session/session-store.ts';
import { DeadLinkPage } from './dead-link-page.tsx';
import { invitationQuery, passwordLengthQuery } from './invitation-query.ts';
import { keepToken, keptToken } from './link-token.ts';
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
      {/* Another link opened in this tab is another matter: nothing typed goes over. */}
      {token === undefined ? <DeadLinkPage state="unknown" /> : <OpenedLinkPage key={token} token={token} />}
    </div>
  );
}

function OpenedLinkPage({ token }: { token: string }) {
  const query = useQuery(invitationQuery(token));
  return (
    <QueryState query={query} lines={6}>
      {(link) =>
        link.state === 'valid' ? (
          <SetUpAccess token={token} {...link} onDead={() => void query.refetch()} />
        ) : (
          <DeadLinkPage state={link.state} />
        )
      }
    </QueryState>
  );
}
