import { ApiError } from '@rnoce/api-client/api-error';
import { submitSubscription } from '@rnoce/api-client/subscriptions';
import { issueResolver } from '@rnoce/ui';
import { CheckboxField } from '@rnoce/ui/choice-fields';
import { ConfirmDialog } from '@rnoce/ui/confirm-dialog';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link } from 'react-router';
import { configurationQuery, forgetSubscriptions } from '../../api/queries.ts';
import { countMissing } from '../../form-sections/count-missing.ts';
import { useTarget } from '../../form-sections/use-target.ts';
import { client } from '../../session/session.ts';
import { MissingList } from './missing-list.tsx';
import { UnchangedNotice } from './refusals.tsx';
import { ReviewSections } from './review-sections.tsx';
import { cacheSubscription, refreshSubscription } from './server-draft.ts';
import { useWizard } from './wizard-context.ts';

const resolver = issueResolver<{ acceptTerms: boolean }>(({ acceptTerms }) =>
  acceptTerms ? [] : [{ pointer: '/acceptTerms', code: 'must_accept' }],
);

/** Address of the terms, for who reads them beside the form. */
export const termsPath = '/conditions';

/** « Vérification et envoi »: everything once more, what is missing, the terms, and the sending, which can't be undone. */
export function ReviewStep() {
  const t = useT();
  const sentence = useErrorSentence();
  const { subscription, store, issues } = useWizard();
  const [confirming, setConfirming] = useState(false);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const missingBox = useRef<HTMLDivElement>(null);
  /** One key an attempt: a click repeated after a lost answer sends once. A refused attempt is over. */
  const attempt = useRef<string>(undefined);
  const form = useForm({ defaultValues: { acceptTerms: false }, resolver, shouldFocusError: false });
  useTarget(() => Promise.resolve());
  const { data: configuration } = useQuery(configurationQuery);
  const authorised =
    configuration &&
    t('wizard:review.authorised', { number: `\u2066${configuration.cndpAuthorisation}\u2069` });

  const refused = failure instanceof ApiError ? failure.issues : [];
  const refusedElsewhere = refused.filter(({ pointer }) => pointer !== '/acceptTerms');
  const missing = issues.length > 0 ? issues : refusedElsewhere;

  async function send(): Promise<void> {
    setSending(true);
    setFailure(undefined);
    try {
      if (!(await store.flush())) {
        setFailure(new ApiError({ status: 0, code: 'offline' }));
        return;
      }
      attempt.current ??= crypto.randomUUID();
      const { data } = await submitSubscription(client, {
        params: { id: subscription.id },
        body: { acceptTerms: true },
        version: store.snapshot().version,
        idempotencyKey: attempt.current,
      });
      setConfirming(false);
      cacheSubscription(data);
      void forgetSubscriptions();
    } catch (error) {
      // Without an answer the same key is tried again: the first may have arrived.
      if (error instanceof ApiError && error.status > 0 && error.status < 500) attempt.current = undefined;
      setFailure(error);
      // What can be mended is listed in the form; anything else is said in the dialog, beside the button which tries again.
      if (error instanceof ApiError && error.issues.length > 0) setConfirming(false);
      void refreshSubscription(subscription.id);
    } finally {
      setSending(false);
    }
  }

  const told =
    failure === undefined || refused.length > 0 ? null : (
      <div className="wizard-notice">
        <Notice tone="danger" live="assertive">
          <p>{sentence(failure)}</p>
        </Notice>
      </div>
    );

  return (
    <Form
      form={form}
      label={t('reference:step.review')}
      onSubmit={() => {
        if (missing.length > 0) missingBox.current?.focus();
        else {
          setFailure(undefined);
          setConfirming(true);
        }
      }}
    >
      {missing.length > 0 ? (
        <MissingList
          title={t('wizard:review.missing', { count: countMissing(missing) })}
          issues={missing}
          box={missingBox}
        />
      ) : null}
      {confirming ? null : told}
      <ReviewSections />
      <section className="wizard-group" aria-labelledby="wizard-terms">
        <h2 id="wizard-terms">{t('reference:section.terms')}</h2>
        <CheckboxField
          name="acceptTerms"
          label={t('wizard:review.accept')}
          required
          content={
            <>
              {t('wizard:review.accept-start')}{' '}
              <Link to={termsPath} target="_blank">
                {t('wizard:review.accept-link')}
              </Link>
            </>
          }
          help={[t('wizard:review.law'), authorised].filter(Boolean).join(' ')}
        />
      </section>
      <button type="submit" hidden aria-label={t('wizard:review.submit')} />
      <ConfirmDialog
        opened={confirming}
        title={t('wizard:review.confirm.title')}
        confirmLabel={t('wizard:review.submit')}
        busy={sending}
        onConfirm={() => void send()}
        onCancel={() => setConfirming(false)}
      >
        <UnchangedNotice />
        <p>{t('wizard:review.confirm.detail')}</p>
        {told}
      </ConfirmDialog>
    </Form>
  );
}
