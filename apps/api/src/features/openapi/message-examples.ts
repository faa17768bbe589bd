import type { RouteExample } from './openapi-examples.ts';

const params = { id: '01995b21-0a80-7e11-9b7c-6d1f0e2c4a12' };
const fromOperator = {
  id: '01995b63-51d0-7a44-8c0e-1b2c3d4e5f16',
  author: 'operator',
  authorName: null,
  text: 'Bonjour, la page 2 du document ICE est-elle lisible ?',
  at: '2023-09-12T09:12:00.000Z',
  readAt: '2023-09-12T09:20:00.000Z',
};
const fromAgent = {
  id: '01995b6a-93f7-7c10-9d2f-2c3d4e5f6017',
  author: 'agent',
  authorName: null,
  text: 'Oui, merci.',
  at: '2023-09-12T09:21:00.000Z',
  readAt: null,
};

/** Of the routes about messages, as an operator sees them. */
export const messageExamples = {
  listMessages: { params, response: { items: [fromOperator, fromAgent], open: true } },
  sendMessage: {
    params,
    body: { text: fromOperator.text },
    response: { ...fromOperator, readAt: null },
  },
  readMessages: { params, body: { upTo: fromAgent.id } },
} as const satisfies Readonly<Record<string, RouteExample>>;
