/** What agents may do: one table, without zod, that API and back office read the same. */

export const agentRoles = ['decider', 'finance', 'administrator'] as const;
type AgentRole = (typeof agentRoles)[number];

type AgentRight =
  | 'readFilings'
  | 'decideFilings'
  | 'followPayments'
  | 'publishInvoices'
  | 'manageAgents'
  | 'manageIntegrators'
  | 'manageIssuers';

/**
 * Least privilege: who decides dossiers reads them, an administrator reads them to supervise, finance has no need of them; nor has who
 * decides any need of the money. Invoices are published in an issuer's name where the issuer has no programs of its own.
 */
const rights: Readonly<Record<AgentRole, readonly AgentRight[]>> = {
  decider: ['readFilings', 'decideFilings'],
  finance: ['followPayments', 'publishInvoices'],
  administrator: [
    'readFilings',
    'followPayments',
    'publishInvoices',
    'manageAgents',
    'manageIntegrators',
    'manageIssuers',
  ],
};

/**
 * Whether an agent's role has a right, of whichever authority they are. Which dossiers a right to dossiers means, those of the agent's own
 * authority, is the repository's matter.
 */
export const may = ({ role }: { readonly role: AgentRole }, right: AgentRight): boolean =>
  rights[role].includes(right);
