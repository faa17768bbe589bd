import { Button, Loader } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { createSubscription } from '@rnoce/api-client/subscriptions';
import type { Authority } from '@rnoce/schemas/operator-types';
import type { SubscriptionOptions } from '@rnoce/schemas/subscriptions';
import { createAttempts } from '@rnoce/shell/idempotent-attempt';
import { queryClient } from '@rnoce/shell/query-client';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { CheckboxField } from '@rnoce/ui/choice-fields';
import { useIssueMessage } from '@rnoce/ui/field-message';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { IconAlertCircle, IconArrowRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { type ResolverResult, useForm, useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { forgetSubscriptions, subscriptionQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';
import { useAccount } from '../../session/use-session.ts';
import { type AuthoritiesChoice, type Consequence, chosenOf, followChoice } from './authorities-choice.ts';
import { AuthorityCard } from './authority-card.tsx';
import { keepNewSubscription, readNewSubscription, stillOffered } from './new-subscription.ts';
import type { ListedSubscription } from './subscription-path.ts';
import { type WayOn, WayOnNotice, wayOnOf } from './way-on.tsx';

/** The boxes, and a name that holds nothing: what is wrong with the choice as a whole stands there, as the API names it. */
interface Values extends AuthoritiesChoice {
  readonly authorities?: string;
}

/** The choice among what is offered; PortNet alone needs no verification and leads straight to the form. */
export function AuthoritiesForm({
  options,
  offered,
  customs,
}: {
  options: SubscriptionOptions;
  offered: readonly Authority[];
  /** The request to customs that exists already. */
  customs: ListedSubscription | undefined;
}) {
  const t = useT();
  const navigate = useNavigate();
  const showProblem = useShowProblem();
  const account = useAccount();
  const [attempts] = useState(() => createAttempts());
  const [consequence, setConsequence] = useState<Consequence>();
  const [wayOn, setWayOn] = useState<WayOn>();
  const portnetAlone = !offered.includes('customs');
  const kept = readNewSubscription(account?.id);
  const before = stillOffered(kept?.authorities ?? [], offered);
  const errorId = useId();
  const messageOf = useIssueMessage();
  const form = useForm<Values>({
    shouldFocusError: false,
    defaultValues: {
      customs: before.includes('customs'),
      portnet: portnetAlone || before.includes('portnet'),
      updateOnly: options.updateOnly && kept?.purpose === 'update_only',
    },
    resolver: (values): ResolverResult<Values> =>
      chosenOf(values, offered).length > 0
        ? { values, errors: {} }
        : {
            values: {},
            errors: {
              authorities: { type: 'required', message: t('subscriptions:authorities.none-chosen') },
            },
          },
  });
  const updateOnly = useWatch({ control: form.control, name: 'updateOnly' });
  const { isSubmitting: busy, isSubmitted, errors } = form.formState;
  const wrong = errors.authorities?.message;
  const firstBox = options.authorities.find(({ reason }) => reason === null)?.authority;

  const follow = (changed: keyof AuthoritiesChoice) => {
    const followed = followChoice(form.getValues(), changed, offered);
    for (const name of ['customs', 'portnet', 'updateOnly'] as const)
      if (form.getValues(name) !== followed.choice[name]) form.setValue(name, followed.choice[name]);
    setConsequence(followed.consequence);
    // A box is judged again by itself when it changes; the whole choice is not.
    if (isSubmitted) void form.trigger();
  };

  /** PortNet alone: the identifiers, the data and the documents are those of the customs filing. */
  const beginPortnet = async () => {
    setWayOn(undefined);
    const body = { authorities: ['portnet' as const] };
    try {
      const { data } = await createSubscription(client, { body, idempotencyKey: attempts.keyFor(body) });
      attempts.end();
      queryClient.setQueryData(subscriptionQuery(data.id).queryKey, data);
      await navigate(paths.step(data.id, data.currentStep));
      await forgetSubscriptions();
    } catch (error) {
      attempts.end(error);
      showProblem(form, error);
      if (error instanceof ApiError) setWayOn(wayOnOf(error.code));
    }
  };

  return (
    <Form
      form={form}
      label={t('subscriptions:authorities.title')}
      onSubmit={async (values) => {
        if (!account) return;
        if (portnetAlone) {
          await beginPortnet();
          return;
        }
        keepNewSubscription({
          accountId: account.id,
          authorities: chosenOf(values, offered),
          purpose: values.updateOnly ? 'update_only' : 'registration',
          ...(kept?.identifiers ? { identifiers: kept.identifiers } : {}),
        });
        await navigate(paths.verification);
      }}
    >
      {wayOn === undefined ? null : <WayOnNotice wayOn={wayOn} />}
      <fieldset className="portal-authorities" aria-describedby={wrong === undefined ? undefined : errorId}>
        <legend className="rnoce-visually-hidden">{t('subscriptions:authorities.title')}</legend>
        {options.authorities.map(({ authority, reason }) => (
          <AuthorityCard
            key={authority}
            authority={authority}
            reason={reason}
            detail={
              authority === 'portnet' && customs
                ? t('subscriptions:choice.from-customs', { code: customs.code })
                : undefined
            }
            excluded={updateOnly && authority !== 'customs'}
            choosable
            standsFor={authority === firstBox ? 'authorities' : undefined}
            onChoose={() => follow(authority)}
          />
        ))}
        {wrong === undefined ? null : (
          <p id={errorId} className="rnoce-field-error">
            <IconAlertCircle className="rnoce-icon" aria-hidden />
            <span>{messageOf(wrong)}</span>
          </p>
        )}
      </fieldset>
      <output className="portal-choice-note" aria-live="polite">
        {consequence === undefined ? null : (
          <Notice tone="info">
            <p>{t(`subscriptions:choice.${consequence}`)}</p>
          </Notice>
        )}
      </output>
      {options.updateOnly ? (
        <CheckboxField<Values>
          name="updateOnly"
          label={t('subscriptions:authorities.update-only')}
          onCommit={() => follow('updateOnly')}
        />
      ) : null}
      <output className="portal-waiting">
        {busy && portnetAlone ? (
          <>
            <Loader size="sm" aria-hidden />
            <span>{t('subscriptions:choice.preparing')}</span>
          </>
        ) : null}
      </output>
      <Button
        type="submit"
        aria-disabled={busy || undefined}
        rightSection={<IconArrowRight className="rnoce-icon rnoce-mirror" aria-hidden />}
      >
        {t(portnetAlone ? 'subscriptions:choice.go-on' : 'common:action.next')}
      </Button>
    </Form>
  );
}
