import { useT } from '@rnoce/ui/i18n';
import { NavLink, Outlet } from 'react-router';
import { paths } from '../paths.ts';
import './subscription-tabs.css';

/** The two views of the space, « Nouvelle souscription » and « Mes demandes », each with its own address. */
export function Component() {
  const t = useT();
  return (
    <>
      <nav className="portal-tabs rnoce-no-print" aria-label={t('portal:tabs.label')}>
        <NavLink to={paths.newSubscription}>{t('portal:tabs.new')}</NavLink>
        <NavLink to={paths.subscriptions}>{t('portal:tabs.requests')}</NavLink>
      </nav>
      <Outlet />
    </>
  );
}
