import type { FaultRule } from '../faults/fault-switch.ts';
import { html, type Markup } from './html.ts';

/** The options of a select, from codes and what they mean. */
export const options = (entries: Record<string, string>, chosen?: string): Markup[] =>
  Object.entries(entries).map(
    ([code, meaning]) =>
      html`<option value="${code}" ${code === chosen && html`selected`}>${code} — ${meaning}</option>`,
  );

/** The rules in force, or a reassuring line. */
export function faultRules(rules: FaultRule<{ mode: string; delayMs: number; variant?: string }>[]): Markup {
  if (rules.length === 0) return html`<p class="calm">Tout répond normalement.</p>`;
  return html`${rules.map(
    ({ fault, target, callsLeft }) =>
      html`<p class="alarm">${target ?? 'Tout le monde'} : ${fault.mode}${
        fault.mode === 'slow' && ` (${fault.delayMs} ms)`
      }${fault.mode === 'nonsense' && ` (${fault.variant ?? ''})`}, ${
        callsLeft === undefined ? 'jusqu’à nouvel ordre' : `encore ${callsLeft} appel(s)`
      }</p>`,
  )}`;
}

/** A form's fields without those left empty, as the JSON control would get them. */
export const filledFields = (body: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(body ?? {}).filter(
      (field): field is [string, string] => typeof field[1] === 'string' && field[1] !== '',
    ),
  );
