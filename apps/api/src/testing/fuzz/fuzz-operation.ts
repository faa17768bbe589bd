import type { TestApp } from '../app.ts';
import type { Chance } from '../chance.ts';
import { makeWorld, revive, type World } from '../world.ts';
import type { ApiDocument, Operation } from './document.ts';
import { type Answer, createJudge } from './judge.ts';
import { mutate } from './mutations.ts';
import { createRequests, writeRequest } from './requests.ts';

/** How many requests of an operation are sent as the document allows them, of five. */
const validOfFive = 1;
/** After how many requests that may change something everything is made anew: what was deleted or decided is no use to the next. */
const worldLasts = 120;

export interface Fault {
  readonly request: string;
  readonly answer: string;
  readonly faults: readonly string[];
}
export interface Fuzzed {
  readonly faults: Fault[];
  /** How often each status was answered. */
  readonly statuses: Map<number, number>;
}

const shorten = (text: string, length = 600) =>
  text.length > length ? `${text.slice(0, length)}… (${String(text.length)})` : text;

/** What a request was, to be read and sent again; credentials left out. */
function describeRequest(notes: readonly string[], request: ReturnType<typeof writeRequest>): string {
  const { cookie: _, authorization: __, ...headers } = request.headers as Record<string, string>;
  const payload = request.payload === undefined ? '' : shorten(JSON.stringify(request.payload.toString()));
  return `[${notes.join(', ')}] ${request.method} ${shorten(request.url)} ${shorten(JSON.stringify(headers))} ${payload}`;
}

/** Sends requests to one API, judges every answer by the document that it serves. */
export function createFuzzer(test: TestApp, document: ApiDocument, chance: Chance) {
  const judge = createJudge(document);
  const requestOf = createRequests(test, document, chance);
  let world: World | undefined;
  let left = 0;

  const send = async (request: ReturnType<typeof writeRequest>): Promise<Answer> => {
    const answer = await test.app.inject(request);
    const headers = Object.entries(answer.headers).map(([name, value]) => [
      name,
      value === undefined ? undefined : String(value),
    ]);
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(headers) as Answer['headers'],
      body: answer.body,
    };
  };

  /** So many requests by each of the operation's security schemes. */
  return async (operation: Operation, count: number): Promise<Fuzzed> => {
    const faults: Fault[] = [];
    const statuses = new Map<number, number>();
    const schemes = operation.security.length > 0 ? operation.security : [''];
    for (const scheme of schemes) {
      for (let sent = 0; sent < count; sent += 1) {
        if (left <= 0 || !world) {
          world = await makeWorld(test);
          left = worldLasts;
        }
        if (operation.method !== 'GET') left -= 1;
        const draft = await requestOf(operation, world, scheme);
        if (sent % 5 >= validOfFive) mutate(draft, operation, chance);
        const request = writeRequest(operation, draft);
        const answer = await send(request);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const found = [...judge(operation, answer)];
        if (found.length > 0)
          faults.push({
            request: describeRequest([scheme, ...draft.notes], request),
            answer: `${String(answer.status)} ${shorten(answer.body, 300)}`,
            faults: found,
          });
        if (answer.status === 401) await revive(test);
      }
    }
    return { faults, statuses };
  };
}
