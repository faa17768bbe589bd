import { type CustomsRequestDossier, customsRequestEffects } from '@rnoce/schemas/customs-requests';

/** Whether an agent has something to decide on what BADR holds now; afterwards the dossier keeps what was decided on. */
export const waitsForAgent = ({
  status,
  effect,
}: Pick<CustomsRequestDossier, 'status' | 'effect'>): boolean =>
  status === 'in_review' || (effect !== null && customsRequestEffects[effect.status].resendable);
