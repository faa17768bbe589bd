import { allRoutes } from '@rnoce/schemas/routes';
import { routeExamples } from '../features/openapi/openapi-examples.ts';
import type { TestApp } from './app.ts';
import { demoCallers } from './demo-callers.ts';
import { changeDemo, readDemo } from './demo-calls.ts';
import { createAnswerJudge, kindDifferences, successOf } from './example-shapes.ts';

/**
 * Calls the demonstration and holds what it answers against the committed examples: both must be as the document says, with nothing beside it,
 * and an example shows no other kind of value than the truth. `unread` are the routes for reading that were not called.
 */
export async function judgeExamples(test: TestApp): Promise<{ faults: string[]; unread: string[] }> {
  const { ask, answers } = demoCallers(test);
  await readDemo(ask);
  await changeDemo(ask);
  const judge = createAnswerJudge();
  const answering = allRoutes.filter((route) => successOf(route) !== undefined);
  const faults = answering.flatMap((route) => {
    const status = successOf(route) ?? 0;
    const { response } = routeExamples[route.name] ?? {};
    const given = answers.get(route.name) ?? [];
    const said = [
      ...judge.faults(route, status, response).map((fault) => `the example ${fault}`),
      ...given.flatMap((answer) => judge.faults(route, status, answer)).map((fault) => `the answer ${fault}`),
      ...kindDifferences(response, given),
    ];
    return said.map((fault) => `${route.name}: ${fault}`);
  });
  const unread = answering.filter(({ method, name }) => method === 'GET' && !answers.has(name));
  return { faults: [...new Set(faults)], unread: unread.map(({ name }) => name) };
}
