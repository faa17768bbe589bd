import { Button } from '@mantine/core';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { IconDeviceMobile } from '@tabler/icons-react';
import { Facts } from '../../records/facts.tsx';
import type { Invited } from './invitation-query.ts';
import { groupsOfFour } from './key-text.ts';
import { QrCode } from './qr-code.tsx';

/** The key of the one-time codes, for an application on another telephone or on this one: to scan, to open, or to type. */
export function OneTimeKey({ invited: { email, totpSecret, totpUri } }: { invited: Invited }) {
  const t = useT();
  return (
    <>
      <p>{t('invitation:key.detail')}</p>
      <div className="invitation-key">
        <QrCode text={totpUri} label={t('invitation:key.qr')} />
        <div>
          <p>{t('invitation:key.scan')}</p>
          <Button
            component="a"
            className="invitation-open"
            href={totpUri}
            variant="outline"
            leftSection={<IconDeviceMobile className="rnoce-icon" aria-hidden />}
          >
            {t('invitation:key.open')}
          </Button>
          <p>{t('invitation:key.type')}</p>
          <Facts
            facts={[
              [t('invitation:key.account'), <bdi key="account">{email}</bdi>],
              [
                t('invitation:key.key'),
                <CopyableCode key="key" code={totpSecret} name={t('invitation:key.copy')}>
                  <bdi className="rnoce-code">{groupsOfFour(totpSecret)}</bdi>
                </CopyableCode>,
              ],
            ]}
          />
        </div>
      </div>
      <p className="rnoce-hint">{t('invitation:key.keep')}</p>
    </>
  );
}
