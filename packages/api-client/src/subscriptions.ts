import * as routes from '@rnoce/schemas/subscriptions';
import type { CallInput, Client } from './call.ts';

/** Which authorities can be chosen now, and why not the others. */
export const getSubscriptionOptions = (
  client: Client,
  input: CallInput<typeof routes.getSubscriptionOptions>,
) => client.call(routes.getSubscriptionOptions, input);

/** Ask BADR about the operator and open a draft. */
export const createSubscription = (client: Client, input: CallInput<typeof routes.createSubscription>) =>
  client.call(routes.createSubscription, input);

/** The operator's subscriptions, newest first. */
export const listSubscriptions = (client: Client, input: CallInput<typeof routes.listSubscriptions>) =>
  client.call(routes.listSubscriptions, input);

/** A subscription with its form, documents, filings and what is missing. */
export const getSubscription = (client: Client, input: CallInput<typeof routes.getSubscription>) =>
  client.call(routes.getSubscription, input);

/** Save « Informations sur la société »; a draft may be incomplete. */
export const saveCompany = (client: Client, input: CallInput<typeof routes.saveCompany>) =>
  client.call(routes.saveCompany, input);

/** Save « Les gérants »; a draft may be incomplete. */
export const saveManagers = (client: Client, input: CallInput<typeof routes.saveManagers>) =>
  client.call(routes.saveManagers, input);

/** Save « Mandataire »; a draft may be incomplete. */
export const saveLegalRepresentative = (
  client: Client,
  input: CallInput<typeof routes.saveLegalRepresentative>,
) => client.call(routes.saveLegalRepresentative, input);

/** Save « Utilisateurs du GU »; a draft may be incomplete. */
export const saveSingleWindowUsers = (
  client: Client,
  input: CallInput<typeof routes.saveSingleWindowUsers>,
) => client.call(routes.saveSingleWindowUsers, input);

/** Save « Contacts »; a draft may be incomplete. */
export const saveContacts = (client: Client, input: CallInput<typeof routes.saveContacts>) =>
  client.call(routes.saveContacts, input);

/** Save « Compte bancaire »; a draft may be incomplete. */
export const saveBankAccount = (client: Client, input: CallInput<typeof routes.saveBankAccount>) =>
  client.call(routes.saveBankAccount, input);

/** Remember the step where the operator stopped. */
export const saveCurrentStep = (client: Client, input: CallInput<typeof routes.saveCurrentStep>) =>
  client.call(routes.saveCurrentStep, input);

/** Send a code to the e-mail address that BADR holds, so that people's data can be prefilled. */
export const sendRegistryCode = (client: Client, input: CallInput<typeof routes.sendRegistryCode>) =>
  client.call(routes.sendRegistryCode, input);

/** Type the code: people's data are prefilled from BADR where the form is still empty. */
export const confirmRegistryCode = (client: Client, input: CallInput<typeof routes.confirmRegistryCode>) =>
  client.call(routes.confirmRegistryCode, input);

/** « Valider votre souscription »: everything is validated again and the filings go to their authorities. */
export const submitSubscription = (client: Client, input: CallInput<typeof routes.submitSubscription>) =>
  client.call(routes.submitSubscription, input);

/** « Rectifier vos données »: reopen an incomplete filing. */
export const rectifySubscription = (client: Client, input: CallInput<typeof routes.rectifySubscription>) =>
  client.call(routes.rectifySubscription, input);

/** Delete a draft. */
export const deleteSubscription = (client: Client, input: CallInput<typeof routes.deleteSubscription>) =>
  client.call(routes.deleteSubscription, input);
