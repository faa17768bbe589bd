import type { Authority } from '@rnoce/schemas/operator-types';
import type { SubscriptionOptions } from '@rnoce/schemas/subscriptions';
import { FieldFrame, useField } from '@rnoce/ui/field';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { IconBuildingBank, IconShip } from '@tabler/icons-react';

type Reason = SubscriptionOptions['authorities'][number]['reason'];

const icons = { customs: IconBuildingBank, portnet: IconShip } as const satisfies Record<
  Authority,
  typeof IconShip
>;

interface CardProps {
  authority: Authority;
  reason: Reason;
  /** What choosing it begins, when that isn't the authority's usual registration. */
  detail?: string | undefined;
  /** What was asked for already is still a draft. */
  draft?: boolean;
  /** Forbidden by « uniquement … modification de vos données ». */
  excluded?: boolean;
}

/** An authority to choose, or why it can't be. */
export function AuthorityCard({
  choosable = false,
  onChoose,
  standsFor,
  ...props
}: CardProps & { choosable?: boolean; onChoose?: () => void; standsFor?: string | undefined }) {
  return choosable && props.reason === null ? (
    <ChoosableCard {...props} onChoose={onChoose} standsFor={standsFor} />
  ) : (
    <div className="portal-authority" data-unavailable>
      <CardText {...props} />
    </div>
  );
}

function ChoosableCard({
  onChoose,
  standsFor,
  ...props
}: CardProps & {
  onChoose: (() => void) | undefined;
  /** The name of the whole choice, to whose first box the summary of errors leads. */
  standsFor: string | undefined;
}) {
  const t = useT();
  const { authority, excluded = false } = props;
  const label = t(`subscriptions:authority.${authority}.name`);
  const help = <CardHelp {...props} />;
  const { id, ids, field, error, controlProps } = useField({ name: authority, label, help });
  const chosen = field.value === true;
  return (
    <FieldFrame id={id} ids={{ ...ids, help: undefined }} label={label} error={error} hideLabel>
      <label
        className="portal-authority"
        htmlFor={id}
        data-chosen={chosen || undefined}
        data-unavailable={excluded || undefined}
      >
        <input
          {...controlProps}
          {...(standsFor === undefined ? {} : { 'data-field': standsFor, 'data-label': '' })}
          type="checkbox"
          checked={chosen}
          disabled={excluded}
          onBlur={field.onBlur}
          onChange={(event) => {
            field.onChange(event.target.checked);
            onChoose?.();
          }}
        />
        <CardText {...props} helpId={ids.help} />
      </label>
    </FieldFrame>
  );
}

function CardText({ helpId, ...props }: CardProps & { helpId?: string | undefined }) {
  const t = useT();
  const { authority } = props;
  const Icon = icons[authority];
  return (
    <>
      <Icon className="portal-authority-icon" aria-hidden />
      <strong>{t(`subscriptions:authority.${authority}.name`)}</strong>
      <span id={helpId} className="portal-authority-help">
        <CardHelp {...props} />
      </span>
    </>
  );
}

function CardHelp({ authority, reason, detail, draft = false, excluded }: CardProps) {
  const t = useT();
  return (
    <>
      <span>{detail ?? t(`subscriptions:authority.${authority}.detail`)}</span>
      {reason === null ? null : draft ? (
        <StatusBadge tone="draft">{t('reference:filing-status.draft')}</StatusBadge>
      ) : (
        <StatusBadge tone={reason === 'already_filed' ? 'success' : 'info'}>
          {t(`subscriptions:authority.reason.${reason}`)}
        </StatusBadge>
      )}
      {reason === null ? null : <span>{t(`subscriptions:authority.reason-detail.${reason}`)}</span>}
      {excluded ? <span>{t('subscriptions:authority.excluded')}</span> : null}
    </>
  );
}
