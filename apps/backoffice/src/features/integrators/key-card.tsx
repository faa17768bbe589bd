import { formatDate, formatDateTime } from '@rnoce/i18n';
import type { ApiKey } from '@rnoce/schemas/integrators';
import { useT } from '@rnoce/ui/i18n';
import { Facts } from '../../records/facts.tsx';
import { Moment } from '../../records/moment.tsx';
import { KeyRevocation } from './key-revocation.tsx';
import { KeyBadge, scopeName } from './words.tsx';

/** A key with what it opens, until when, and its last use; never its secret part. */
export function KeyCard({ apiKey }: { apiKey: ApiKey }) {
  const t = useT();
  const { name, allowedAddresses, lastUsedAt, lastUsedFrom, revokedAt, revokedBy, compromisedAt } = apiKey;
  return (
    <article className="record-card">
      <div className="record-card-head">
        <h3>
          <bdi>{name}</bdi> <bdi className="rnoce-code integrators-hint">{apiKey.hint}</bdi>
        </h3>
        <KeyBadge apiKey={apiKey} />
      </div>
      <ul className="integrators-tags" aria-label={t('integrators:key.scopes')}>
        {apiKey.scopes.map((scope) => (
          <li key={scope}>{scopeName(t, scope)}</li>
        ))}
      </ul>
      <Facts
        facts={[
          [
            t('integrators:key.expires'),
            <bdi key="expires" className="rnoce-tabular">
              {formatDate(apiKey.expiresOn)}
            </bdi>,
          ],
          [
            t('integrators:key.addresses'),
            allowedAddresses.length === 0 ? (
              t('integrators:key.anywhere')
            ) : (
              <bdi key="addresses" className="rnoce-code">
                {allowedAddresses.join(', ')}
              </bdi>
            ),
          ],
          [
            t('integrators:key.last-used'),
            lastUsedAt !== null && lastUsedFrom !== null ? (
              <bdi key="used">
                {t('integrators:key.used-from', { at: formatDateTime(lastUsedAt), address: lastUsedFrom })}
              </bdi>
            ) : (
              <Moment key="used" at={lastUsedAt} />
            ),
          ],
          [
            t('integrators:key.created'),
            apiKey.createdBy === '' ? (
              <Moment key="created" at={apiKey.createdAt} />
            ) : (
              t('integrators:key.by', { at: formatDateTime(apiKey.createdAt), name: apiKey.createdBy })
            ),
          ],
          [
            t('integrators:key.revoked-at'),
            revokedAt &&
              (revokedBy === null ? (
                <Moment key="revoked" at={revokedAt} />
              ) : (
                t('integrators:key.by', { at: formatDateTime(revokedAt), name: revokedBy })
              )),
          ],
          [t('integrators:key.leaked-at'), compromisedAt && <Moment key="leaked" at={compromisedAt} />],
        ]}
      />
      <KeyRevocation apiKey={apiKey} />
    </article>
  );
}
