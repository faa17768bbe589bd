import '../screens/screens.css';
import { useSignOut } from '@rnoce/shell/use-sign-out';
import { useWideScreen } from '@rnoce/shell/wide-screen';
import { useT } from '@rnoce/ui/i18n';
import {
  IconChevronDown,
  IconFolders,
  IconKey,
  IconLogout,
  IconMenu2,
  IconReceipt,
  IconUser,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { paths } from '../paths.ts';
import { sessionKeeper } from '../session/session.ts';
import { useAccount } from '../session/use-session.ts';
import './private-space.css';

/** The private space: whose it is and where one can go, at the side; on a phone and for wide screens, a menu on top. */
export function Component() {
  const wide = useWideScreen();
  return (
    <div className="portal-space" data-wide={wide || undefined}>
      <Panel />
      <div className="portal-space-content">
        <Outlet />
      </div>
    </div>
  );
}

function Panel() {
  const t = useT();
  const account = useAccount();
  const [openAt, setOpenAt] = useState<string>();
  const { key } = useLocation();
  // Following a link closes the menu.
  const open = openAt === key;
  return (
    <nav
      className="portal-panel rnoce-no-print"
      aria-label={t('portal:panel.label')}
      data-open={open || undefined}
    >
      <button
        type="button"
        className="portal-panel-toggle"
        aria-expanded={open}
        aria-controls="portal-panel-body"
        onClick={() => setOpenAt(open ? undefined : key)}
      >
        <IconMenu2 className="rnoce-icon" aria-hidden />
        <span className="portal-panel-toggle-name" dir="auto">
          {account?.legalName}
        </span>
        <span className="rnoce-visually-hidden">{t('portal:panel.menu')}</span>
        <IconChevronDown className="rnoce-icon portal-panel-chevron" aria-hidden />
      </button>
      <div id="portal-panel-body" className="portal-panel-body">
        <p className="portal-panel-account">
          <strong dir="auto">{account?.legalName}</strong>
          <bdi>{breakable(account?.email ?? '')}</bdi>
        </p>
        <ul>
          <PanelLink to={paths.subscriptions} also={paths.newSubscription} icon={<IconFolders />}>
            {t('portal:panel.subscriptions')}
          </PanelLink>
          <PanelLink to={paths.invoices} icon={<IconReceipt />}>
            {t('portal:panel.invoices')}
          </PanelLink>
        </ul>
        <h2 id="portal-panel-personal">{t('portal:panel.personal')}</h2>
        <ul aria-labelledby="portal-panel-personal">
          <PanelLink to={paths.changePassword} icon={<IconKey />}>
            {t('portal:panel.password')}
          </PanelLink>
          <PanelLink to={paths.information} icon={<IconUser />}>
            {t('portal:panel.information')}
          </PanelLink>
        </ul>
        <SignOutButton />
      </div>
    </nav>
  );
}

/** An e-mail that is too long for its line goes on after the « @ », not in the middle of a word. */
function breakable(email: string): ReactNode {
  const [mailbox, ...domain] = email.split('@');
  return (
    <>
      {mailbox}
      {domain.length === 0 ? null : (
        <>
          @<wbr />
          {domain.join('@')}
        </>
      )}
    </>
  );
}

function PanelLink({
  to,
  also,
  icon,
  children,
}: {
  to: string;
  /** Another section of the same entry. */
  also?: string;
  icon: ReactNode;
  children: ReactNode;
}) {
  const { pathname } = useLocation();
  const inside = also !== undefined && pathname.startsWith(also);
  return (
    <li>
      <NavLink to={to} className="portal-panel-link" data-active={inside || undefined}>
        <span aria-hidden>{icon}</span>
        {children}
      </NavLink>
    </li>
  );
}

function SignOutButton() {
  const t = useT();
  const { busy, signOut, question } = useSignOut(sessionKeeper);
  return (
    <>
      <button type="button" className="portal-panel-link" aria-disabled={busy || undefined} onClick={signOut}>
        <span aria-hidden>
          <IconLogout className="rnoce-mirror" />
        </span>
        {t('common:action.sign-out')}
      </button>
      {question}
    </>
  );
}
