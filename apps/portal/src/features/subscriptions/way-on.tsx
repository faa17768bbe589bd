import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { Assistance } from '../../screens/assistance.tsx';

/** Refusals of a new subscription that need more than a sentence: the way on. */
const withWayOn = [
  'operator_already_registered',
  'operator_unknown_to_customs',
  'authority_unavailable',
] as const;
export type WayOn = (typeof withWayOn)[number];
export const wayOnOf = (code: string): WayOn | undefined => withWayOn.find((one) => one === code);

export function WayOnNotice({ wayOn }: { wayOn: WayOn }) {
  const t = useT();
  return (
    <div className="portal-form-note">
      <Notice tone="info" title={t(`subscriptions:verification.way-on.${wayOn}`)}>
        {wayOn === 'operator_already_registered' ? (
          <Assistance />
        ) : (
          <Link to={wayOn === 'authority_unavailable' ? paths.subscriptions : paths.newSubscription}>
            {t(
              wayOn === 'authority_unavailable'
                ? 'subscriptions:authorities.see-requests'
                : 'subscriptions:verification.register-instead',
            )}
          </Link>
        )}
      </Notice>
    </div>
  );
}
