import { type Authority, authorities } from '@rnoce/schemas/operator-types';

export interface AuthoritiesChoice extends Record<Authority, boolean> {
  readonly updateOnly: boolean;
}

/** What was changed besides what somebody ticked, to be told. */
export type Consequence = 'customs-added' | 'portnet-dropped' | 'update-only-alone';

/**
 * A choice after `changed` was ticked or unticked: PortNet goes with customs, chosen here or filed before, and « uniquement …
 * modification de vos données » is customs' alone (spec/registration.md, New subscription).
 */
export function followChoice(
  choice: AuthoritiesChoice,
  changed: keyof AuthoritiesChoice,
  offered: readonly Authority[],
): { choice: AuthoritiesChoice; consequence: Consequence | undefined } {
  const same = { choice, consequence: undefined };
  if (!offered.includes('customs')) return same;
  if (changed === 'updateOnly') {
    return choice.updateOnly
      ? {
          choice: { ...choice, customs: true, portnet: false },
          consequence: choice.portnet ? 'update-only-alone' : undefined,
        }
      : same;
  }
  if (changed === 'portnet' && choice.portnet && !choice.customs)
    return { choice: { ...choice, customs: true }, consequence: 'customs-added' };
  if (changed === 'customs' && !choice.customs)
    return {
      choice: { customs: false, portnet: false, updateOnly: false },
      consequence: choice.portnet ? 'portnet-dropped' : undefined,
    };
  return same;
}

/** The authorities chosen among those offered, in their order. */
export const chosenOf = (choice: AuthoritiesChoice, offered: readonly Authority[]): Authority[] =>
  authorities.filter((authority) => offered.includes(authority) && choice[authority]);
