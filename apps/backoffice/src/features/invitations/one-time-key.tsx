import { Button } from '@mantine/core';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { IconDeviceMobile } from '@tabler/icons-react';
import type { Invited } from './invitation-query.ts';
import { groupsOfFour } from './key-text.ts';

/** The key of the one-time codes, for an application on this telephone or on another. */
export function OneTimeKey({ invited: { email, totpSecret, totpUri } }: { invited: Invited }) {
  const t = useT();
  return (
    <>
      <p>{t('invitation:key.detail')}</p>
      <p>{t('invitation:key.type')}</p>
      <dl className="invitation-key">
        <div>
          <dt>{t('invitation:key.account')}</dt>
          <dd>
            <bdi>{email}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('invitation:key.key')}</dt>
          <dd>
            <CopyableCode code={totpSecret} name={t('invitation:key.copy')}>
              <bdi className="rnoce-code">{groupsOfFour(totpSecret)}</bdi>
            </CopyableCode>
          </dd>
        </div>
      </dl>
      <Button
        component="a"
        href={totpUri}
        variant="outline"
        leftSection={<IconDeviceMobile className="rnoce-icon" aria-hidden />}
      >
        {t('invitation:key.open')}
      </Button>
      <p className="rnoce-hint">{t('invitation:key.keep')}</p>
    </>
  );
}
