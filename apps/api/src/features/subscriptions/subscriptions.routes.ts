import {
  type AccountId,
  confirmRegistryCode as confirmRegistryCodeRoute,
  createSubscription as createSubscriptionRoute,
  deleteSubscription as deleteSubscriptionRoute,
  getSubscription,
  getSubscriptionOptions,
  listSubscriptions,
  rectifySubscription as rectifySubscriptionRoute,
  type SavedSection,
  type Section,
  type SectionsDraft,
  type Subscription,
  type SubscriptionId,
  saveBankAccount,
  saveCompany,
  saveContacts,
  saveCurrentStep as saveCurrentStepRoute,
  saveLegalRepresentative,
  saveManagers,
  saveSingleWindowUsers,
  sendRegistryCode as sendRegistryCodeRoute,
  submitSubscription as submitSubscriptionRoute,
} from '@rnoce/schemas';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { accountOf, operatorOf } from '../../plugins/principal.ts';
import { notFound } from '../../plugins/problems.ts';
import { requireVersion, serve, tellVersion } from '../../plugins/serve.ts';
import { openAuthorities } from '../configuration/open-authorities.ts';
import { confirmRegistryCode, sendRegistryCode } from './confirm-registry.ts';
import { createSubscription } from './create-subscription.ts';
import { deleteSubscription } from './delete-subscription.ts';
import { rectifySubscription } from './rectify-subscription.ts';
import { saveCurrentStep } from './save-current-step.ts';
import { saveSection } from './save-section.ts';
import { submitSubscription } from './submit-subscription.ts';
import { subscriptionOptions } from './subscription-options.ts';
import { loadRuleContext } from './subscriptions.form.ts';
import { presentSubscription } from './subscriptions.presenter.ts';
import { listFiled, loadSubscriptions, prepareFormQueries } from './subscriptions.repository.ts';

/** Presents the account's subscription, with its version in the answer's ETag; someone else's is not there. */
async function present(
  deps: Deps,
  reply: FastifyReply,
  accountId: AccountId,
  id: SubscriptionId,
): Promise<Subscription> {
  const [loaded] = await loadSubscriptions(deps.database, accountId, id);
  if (!loaded) throw notFound();
  tellVersion(reply, loaded.subscription.version);
  return presentSubscription(loaded, await loadRuleContext(deps));
}

interface SectionIncoming<S extends Section> {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly params: { id: SubscriptionId };
  readonly body: SectionsDraft[S];
}

export function subscriptionsRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps;
  const queries = prepareFormQueries(database);

  serve(app, getSubscriptionOptions, async ({ request }) =>
    subscriptionOptions(
      await listFiled(database, operatorOf(request).accountId),
      openAuthorities(deps.environment),
    ),
  );

  serve(app, createSubscriptionRoute, async ({ request, body, reply }) => {
    const { accountId } = operatorOf(request);
    const id = await createSubscription(deps, accountId, body);
    reply.header('location', `/api/v1/subscriptions/${id}`);
    return await present(deps, reply, accountId, id);
  });

  serve(app, listSubscriptions, async ({ request }) => {
    const loaded = await loadSubscriptions(database, accountOf(request));
    const rules = await loadRuleContext(deps);
    return { items: loaded.map((one) => presentSubscription(one, rules)) };
  });

  serve(app, getSubscription, async ({ request, params: { id }, reply }) =>
    present(deps, reply, accountOf(request), id),
  );

  const save =
    <S extends Section>(section: S) =>
    async ({ request, params: { id }, body, reply }: SectionIncoming<S>): Promise<SavedSection> => {
      const { accountId } = operatorOf(request);
      const version = requireVersion(request);
      const saved = await saveSection(deps, queries, { accountId, id, version, section, data: body });
      tellVersion(reply, saved.version);
      return saved;
    };
  serve(app, saveCompany, save('company'));
  serve(app, saveManagers, save('managers'));
  serve(app, saveLegalRepresentative, save('legalRepresentative'));
  serve(app, saveSingleWindowUsers, save('singleWindowUsers'));
  serve(app, saveContacts, save('contacts'));
  serve(app, saveBankAccount, save('bankAccount'));

  serve(app, saveCurrentStepRoute, async ({ request, params: { id }, body: { step } }) => {
    await saveCurrentStep(deps, queries, operatorOf(request).accountId, id, step);
    return undefined;
  });

  serve(app, sendRegistryCodeRoute, async ({ request, params: { id } }) =>
    sendRegistryCode(deps, operatorOf(request), id),
  );

  serve(app, confirmRegistryCodeRoute, async ({ request, params: { id }, body: { code }, reply }) => {
    const { accountId } = operatorOf(request);
    await confirmRegistryCode(deps, accountId, id, code);
    return await present(deps, reply, accountId, id);
  });

  serve(app, submitSubscriptionRoute, async ({ request, params: { id }, reply }) => {
    const { accountId } = operatorOf(request);
    await submitSubscription(deps, { accountId, id, version: requireVersion(request) });
    return await present(deps, reply, accountId, id);
  });

  serve(app, rectifySubscriptionRoute, async ({ request, params: { id }, reply }) => {
    const { accountId } = operatorOf(request);
    await rectifySubscription(deps, accountId, id);
    return await present(deps, reply, accountId, id);
  });

  serve(app, deleteSubscriptionRoute, async ({ request, params: { id } }) => {
    await deleteSubscription(deps, operatorOf(request).accountId, id);
    return undefined;
  });
}
