import type { Deps } from '../deps.ts';
import { fileSubject } from '../features/finance/settlement.repository.ts';
import { listMissingFiles } from '../features/finance/settlement-files.ts';
import { raiseAnomaly } from '../features/payments/raise-anomalies.ts';

/** Shows to a person which providers' files of the last days weren't given; each once, however often it looks. */
export async function checkSettlementFiles(deps: Pick<Deps, 'database' | 'gateways' | 'now'>): Promise<void> {
  for (const { provider, day } of await listMissingFiles(deps))
    await raiseAnomaly(
      deps.database,
      { kind: 'file_missing', subject: fileSubject(provider, day) },
      deps.now(),
    );
}
