import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openApiText } from '../../features/openapi/openapi-document.ts';
import { readDocument } from './document.ts';
import { type Answer, createJudge } from './judge.ts';

const document = readDocument(openApiText());
const judge = createJudge(document);
const operation = document.operations.find(({ name }) => name === 'listIssuers');
const requestId = randomUUID();
const problem = {
  type: '/api/docs/problems/forbidden',
  title: 'Forbidden',
  status: 403,
  detail: 'Not yours to do.',
  code: 'forbidden',
  requestId,
};
const answer = (status: number, body: unknown, given: Answer['headers'] = {}): Answer => ({
  status,
  headers: {
    'x-request-id': requestId,
    'content-type': status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json',
    ...given,
  },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const items = [{ code: 'PORTNET', name: 'PORTNET S.A.', active: true }];
const faultsOf = (given: Answer) => {
  if (!operation) throw new Error('no such operation');
  return [...judge(operation, given)].join('; ');
};

it.each([answer(200, { items }), answer(403, problem)])('what is as documented has no fault', (given) => {
  expect(faultsOf(given)).toBe('');
});

it.each([
  ['a failure', answer(500, { ...problem, status: 500, code: 'internal' }), 'a failure'],
  ['a status of its own', answer(418, problem), 'the status 418 is not documented'],
  ['no id', answer(200, { items }, { 'x-request-id': undefined }), 'no x-request-id'],
  ['an id that is none', answer(200, { items }, { 'x-request-id': '7' }), 'header x-request-id'],
  ['another type', answer(200, { items }, { 'content-type': 'text/html' }), 'the type text/html'],
  ['no JSON', answer(200, '{"items":'), 'no JSON'],
  ['a body that lacks a field', answer(200, { items: [{ code: 'PORTNET' }] }), 'must have required property'],
  ['a body of another type', answer(200, { items: [{ code: 1, name: '', active: true }] }), 'must be string'],
  [
    'a code of another operation',
    answer(403, { ...problem, code: 'order_closed' }),
    'order_closed is not among',
  ],
  ['a status inside that differs', answer(403, { ...problem, status: 400 }), 'a problem of status 400'],
  ['the id of another request', answer(403, { ...problem, requestId: randomUUID() }), 'of another request'],
  [
    'a stack',
    answer(403, { ...problem, detail: 'at get (file:///srv/api/src/app.ts:12:3)' }),
    'shows its insides',
  ],
])('%s is a fault', (_, given, fault) => {
  expect(faultsOf(given)).toContain(fault);
});
