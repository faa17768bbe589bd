export interface FaultRule<Fault> {
  readonly fault: Fault;
  /** The only company or recipient concerned; everyone when absent. */
  readonly target?: string;
  /** Calls still to be answered that way; until changed when absent. */
  readonly callsLeft?: number;
}

/**
 * What the sandbox does instead of answering normally: one rule for everyone, and one for each target that has its own,
 * so that tests running side by side disturb only what they target.
 */
export class FaultSwitch<Fault> {
  readonly #normal: Fault;
  #everyone: FaultRule<Fault> | undefined;
  readonly #targets = new Map<string, FaultRule<Fault>>();

  constructor(normal: Fault) {
    this.#normal = normal;
  }

  /** Replaces the rule of its target, or everyone's. */
  set(rule: FaultRule<Fault>): void {
    if (rule.target === undefined) this.#everyone = rule;
    else this.#targets.set(rule.target, rule);
  }

  /** Back to normal: for one target, or altogether when none is named. */
  clear(target?: string): void {
    if (target !== undefined) {
      this.#targets.delete(target);
      return;
    }
    this.#everyone = undefined;
    this.#targets.clear();
  }

  /** The fault for a call about `target`, counting the call; `everyone: false` looks at the target's rule alone. */
  take(target: string | undefined, options: { everyone: boolean } = { everyone: true }): Fault {
    const own = target === undefined ? undefined : this.#targets.get(target);
    const rule = own ?? (options.everyone ? this.#everyone : undefined);
    if (!rule) return this.#normal;
    if (rule.callsLeft !== undefined) {
      if (rule.callsLeft > 1) this.set({ ...rule, callsLeft: rule.callsLeft - 1 });
      else if (rule.target === undefined) this.#everyone = undefined;
      else this.#targets.delete(rule.target);
    }
    return rule.fault;
  }

  /** The rule for everyone as it stands, without counting a call. */
  get everyone(): Fault {
    return this.#everyone?.fault ?? this.#normal;
  }

  rules(): FaultRule<Fault>[] {
    return [...(this.#everyone ? [this.#everyone] : []), ...this.#targets.values()];
  }
}
