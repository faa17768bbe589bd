import { useT } from '@rnoce/ui/i18n';
import { LinkTabs } from '@rnoce/ui/link-tabs';
import { NavLink } from 'react-router';
import { paths } from '../../paths.ts';
import '../../lists/lists.css';
import './finance.css';

/** The parts of the finance agents' work. */
export function PaymentsNav() {
  const t = useT();
  return (
    <LinkTabs label={t('finance:nav.label')}>
      <NavLink to={paths.payments} end>
        {t('finance:nav.orders')}
      </NavLink>
      <NavLink to={paths.refunds}>{t('finance:nav.refunds')}</NavLink>
      <NavLink to={paths.anomalies}>{t('finance:nav.anomalies')}</NavLink>
      <NavLink to={paths.files}>{t('finance:nav.files')}</NavLink>
    </LinkTabs>
  );
}
