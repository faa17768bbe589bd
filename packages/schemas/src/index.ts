export * from './account.ts';
export * from './account-api-keys.ts';
export * from './accounts.ts';
export * from './administration.ts';
export * from './agent-invitations.ts';
export * from './agents.ts';
export * from './bank-account.ts';
export * from './casablanca-time.ts';
export * from './company.ts';
export * from './configuration.ts';
export * from './contacts.ts';
export * from './contract.ts';
export * from './contracts.ts';
export {
  type AccountState,
  accountState,
  accountStateRules,
  accountStates,
  customsRequestStatuses,
  customsRequestTypes,
  type OperationRefusal,
  operationRefusal,
  operationRefusals,
  type RegistryWord,
} from './customs-account.ts';
export * from './customs-request-events.ts';
export * from './customs-request-reasons.ts';
export * from './customs-request-rules.ts';
export * from './customs-requests.ts';
export * from './documents.ts';
export * from './events.ts';
export * from './fields.ts';
export * from './filing-statistics.ts';
export * from './filings.ts';
export * from './finance.ts';
export * from './identifiers.ts';
export * from './integrators.ts';
export * from './invoices.ts';
export * from './issuers.ts';
export * from './issues.ts';
export * from './legal-representative.ts';
export * from './managers.ts';
export * from './messages.ts';
export * from './money.ts';
export * from './operator-types.ts';
export {
  attemptStates,
  attemptStatuses,
  channelOf,
  orderStates,
  orderStatuses,
  paymentCauses,
  paymentMethods,
  refusalKinds,
} from './payment-states.ts';
export * from './payments.ts';
export * from './phone.ts';
export * from './primitives.ts';
export * from './problems.ts';
export * from './reconciliation.ts';
export * from './reference.ts';
export * from './registry.ts';
export {
  integratorKinds,
  operatorScopes,
  operatorScopeWords,
  scopeRules,
  scopes,
  scopesFor,
} from './scopes.ts';
export * from './sections.ts';
export * from './sessions.ts';
export * from './single-window.ts';
export * from './single-window-users.ts';
export * from './subscription-code.ts';
export * from './subscriptions.ts';
export * from './verdict-items.ts';
export * from './webhooks.ts';
