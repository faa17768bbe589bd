import { type Filing, filingStates } from '@rnoce/schemas/filings';

type Filings = { readonly filings: readonly Pick<Filing, 'status'>[] };

const awaitsOperator = ({ status }: Pick<Filing, 'status'>): boolean =>
  ['resume', 'rectify'].includes(filingStates[status].next);

const first = <T>(all: readonly T[], is: (one: T) => boolean): T[] => [
  ...all.filter(is),
  ...all.filter((one) => !is(one)),
];

/**
 * What waits for the operator stands above what waits for the agents and what is over, among requests and among the
 * filings of one; the rest keeps its order.
 */
export const actionsFirst = <T extends Filings>(subscriptions: readonly T[]): T[] =>
  first(
    subscriptions.map((one) => ({ ...one, filings: first(one.filings, awaitsOperator) })),
    ({ filings }) => filings.some(awaitsOperator),
  );
