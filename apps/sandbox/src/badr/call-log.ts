import type { BadrMode } from './badr-faults.ts';

export interface Call {
  at: string;
  method: string;
  /** Path and query, as received. */
  url: string;
  ice?: string;
  mode: BadrMode;
  /** HTTP status answered; null when the connection was cut. */
  status: number | null;
  durationMs: number;
}

const kept = 500;

/** The last calls that BADR received, newest first; in memory only. */
export class CallLog {
  #calls: Call[] = [];

  add(call: Call): void {
    this.#calls = [call, ...this.#calls].slice(0, kept);
  }

  /** The last calls; those about one company when an ICE is given. */
  list(ice?: string): Call[] {
    return ice === undefined ? this.#calls : this.#calls.filter((call) => call.ice === ice);
  }

  clear(): void {
    this.#calls = [];
  }
}
