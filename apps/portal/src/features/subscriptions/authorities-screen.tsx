import { Button } from '@mantine/core';
import { type Authority, authorities } from '@rnoce/schemas/operator-types';
import type { SubscriptionOptions } from '@rnoce/schemas/subscriptions';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { CheckboxField } from '@rnoce/ui/choice-fields';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useForm, useWatch } from 'react-hook-form';
import { Link, useNavigate } from 'react-router';
import { subscriptionOptionsQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';
import { useAccount } from '../../session/use-session.ts';
import { AuthorityCard } from './authority-card.tsx';
import { keepNewSubscription, readNewSubscription, stillOffered } from './new-subscription.ts';
import './subscriptions.css';

export const loader = () => warm(subscriptionOptionsQuery);

/** « Veuillez sélectionner vos souscriptions ». */
export function Component() {
  const t = useT();
  const query = useQuery(subscriptionOptionsQuery);
  return (
    <>
      <PageTitle title={t('portal:authorities.title')} />
      <QueryState query={query}>{(options) => <Choice options={options} />}</QueryState>
    </>
  );
}

interface Values extends Record<Authority, boolean> {
  updateOnly: boolean;
}

function Choice({ options }: { options: SubscriptionOptions }) {
  const offered = options.authorities.filter(({ available }) => available).map(({ authority }) => authority);
  return offered.length === 0 ? (
    <NothingLeft options={options} />
  ) : (
    <ChoiceForm options={options} offered={offered} />
  );
}

/** Nothing can be chosen: a sentence says why, for each authority and for the whole. */
function NothingLeft({ options }: { options: SubscriptionOptions }) {
  const t = useT();
  const everything = options.authorities.every(({ reason }) => reason === 'already_filed');
  return (
    <>
      <div className="portal-form-note">
        <Notice tone="info">
          <p>{t(everything ? 'portal:authorities.all-filed' : 'portal:authorities.nothing-now')}</p>
        </Notice>
      </div>
      <div className="portal-authorities">
        {options.authorities.map(({ authority, reason }) => (
          <AuthorityCard key={authority} authority={authority} reason={reason} />
        ))}
      </div>
      <Button component={Link} to={paths.subscriptions}>
        {t('portal:authorities.see-requests')}
      </Button>
    </>
  );
}

function ChoiceForm({ options, offered }: { options: SubscriptionOptions; offered: readonly Authority[] }) {
  const t = useT();
  const navigate = useNavigate();
  const account = useAccount();
  const kept = readNewSubscription(account?.id);
  const before = stillOffered(kept?.authorities ?? [], offered);
  const form = useForm<Values>({
    shouldFocusError: false,
    defaultValues: {
      customs: before.includes('customs'),
      portnet: before.includes('portnet'),
      updateOnly: options.updateOnly && kept?.purpose === 'update_only',
    },
    resolver: (values) =>
      offered.some((authority) => values[authority])
        ? { values, errors: {} }
        : {
            values: {},
            errors: {
              [offered[0] ?? 'customs']: { type: 'required', message: t('portal:authorities.none-chosen') },
            },
          },
  });
  const updateOnly = useWatch({ control: form.control, name: 'updateOnly' });

  return (
    <Form
      form={form}
      label={t('portal:authorities.title')}
      onSubmit={async (values) => {
        if (!account) return;
        keepNewSubscription({
          accountId: account.id,
          authorities: authorities.filter((authority) => offered.includes(authority) && values[authority]),
          purpose: values.updateOnly ? 'update_only' : 'registration',
          ...(kept?.identifiers ? { identifiers: kept.identifiers } : {}),
        });
        await navigate(paths.verification);
      }}
    >
      <fieldset className="portal-authorities">
        <legend className="rnoce-visually-hidden">{t('portal:authorities.title')}</legend>
        {options.authorities.map(({ authority, reason }) => (
          <AuthorityCard
            key={authority}
            authority={authority}
            reason={reason}
            excluded={updateOnly && authority !== 'customs'}
            choosable
            onChoose={(chosen) => {
              // PortNet goes with customs, filed before or chosen here; without customs there is no PortNet.
              if (!offered.includes('customs')) return;
              if (authority === 'portnet' && chosen) form.setValue('customs', true);
              if (authority === 'customs' && !chosen) {
                form.setValue('portnet', false);
                form.setValue('updateOnly', false);
              }
            }}
          />
        ))}
      </fieldset>
      {options.updateOnly ? (
        <CheckboxField<Values>
          name="updateOnly"
          label={t('portal:authorities.update-only')}
          onCommit={() => {
            if (!form.getValues('updateOnly')) return;
            form.setValue('customs', true);
            form.setValue('portnet', false);
          }}
        />
      ) : null}
      <Button type="submit" rightSection={<IconArrowRight className="rnoce-icon rnoce-mirror" aria-hidden />}>
        {t('common:action.next')}
      </Button>
    </Form>
  );
}
