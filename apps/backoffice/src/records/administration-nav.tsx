import { useT } from '@rnoce/ui/i18n';
import { LinkTabs } from '@rnoce/ui/link-tabs';
import { NavLink } from 'react-router';
import { paths } from '../paths.ts';

/** The parts of the administrators' work. */
export function AdministrationNav() {
  const t = useT();
  return (
    <LinkTabs label={t('administration:nav.label')}>
      <NavLink to={paths.agents}>{t('administration:nav.agents')}</NavLink>
      <NavLink to={paths.issuers}>{t('administration:nav.issuers')}</NavLink>
      <NavLink to={paths.integrators}>{t('administration:nav.integrators')}</NavLink>
    </LinkTabs>
  );
}
