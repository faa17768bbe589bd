import type { BadrGateway, BadrIdentifiers } from '../integrations/badr/badr-gateway.ts';
import type { BadrRecord } from '../integrations/badr/badr-record.ts';
import type { DemoCompany } from './demo-companies.ts';
import { demoAccountNumber } from './demo-operations.ts';

/** As the sandbox's BADR holds them. */
const registeredAt = '2019-04-18T09:30:00.000Z';

type Known = Pick<BadrRecord, 'accountStatus'>;

/** What BADR says while the demonstration data are loaded, which is before the sandbox starts; what it will hold then. */
export interface DemoRegistry extends BadrGateway {
  /** Customs hold this company from now on. */
  know: (company: DemoCompany, held?: Known) => void;
}

function recordOf({ company, operatorType, managers }: DemoCompany, { accountStatus }: Known): BadrRecord {
  const present = Object.entries({ ...company, operatorType }).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return {
    ...Object.fromEntries(present),
    managers: managers.map(({ key: _key, ...manager }) => manager),
    accountNumber: demoAccountNumber(company.ice ?? ''),
    accountStatus,
    registeredAt,
  } as BadrRecord;
}

/** A BADR that knows nobody until it is told. Nothing is changed there: that is done once the sandbox has started. */
export function demoRegistry(): DemoRegistry {
  const records = new Map<string, BadrRecord>();
  const keyOf = ({ operatorType, ice }: Pick<BadrIdentifiers, 'operatorType' | 'ice'>) =>
    `${operatorType} ${ice}`;
  return {
    know: (company, held = { accountStatus: 'active' }) => {
      const record = recordOf(company, held);
      records.set(keyOf(record), record);
    },
    findOperator: async (identifiers) => {
      const record = records.get(keyOf(identifiers));
      return record ? { status: 'registered', record } : { status: 'not_registered' };
    },
    register: async (_reference, { ice }) => ({ accountNumber: demoAccountNumber(ice), registeredAt }),
    operate: async () => {
      throw new Error('nothing is changed at customs while the demonstration data are loaded');
    },
    health: async () => true,
  };
}
