import { type EventType, eventRules, eventTypes, type IntegratorKind, type Scope } from '@rnoce/schemas';
import { parameter } from './document-components.ts';
import { eventExamples, exampleTimestamp } from './event-examples.ts';
import type { JsonSchema, SchemaBook, UsedSchema } from './schema-components.ts';

const summaries: Readonly<Record<EventType, string>> = {
  'subscription.submitted': 'A filing was sent, for the first time or again: one event for each authority',
  'filing.decided': 'An authority validated a filing, or sent it back to be completed',
  'customs_request.submitted': 'An operation on a customs account was sent',
  'customs_request.decided': 'Customs accepted or rejected an operation on a customs account',
  'invoice.created': 'An invoice was published, or published again after a cancellation',
  'invoice.paid': 'An invoice was settled by a payment',
  'invoice.released': 'A payment was taken back: its invoice is unpaid again',
  'invoice.cancelled': 'An invoice was cancelled by its issuer',
  'payment.refund_due': 'Money came that settles nothing, and is to go back to the payer',
  'endpoint.test': 'What `POST /webhook-endpoints/{id}/test` sends',
};

/** The data of every event, as the document shows them. */
export const eventSchemas: readonly UsedSchema[] = eventTypes.map((type) => ({
  schema: eventRules[type].data,
  direction: 'output',
}));

function audience(type: EventType): string {
  const scopes: Readonly<Partial<Record<IntegratorKind, Scope>>> = eventRules[type].scopes;
  const told = Object.entries(scopes).map(([kind, scope]) => `${kind} (\`${scope}\`)`);
  return `Told to the integrators whom it concerns, by the scope of their key: ${told.join(', ')}.`;
}

function webhook(type: EventType, book: SchemaBook): JsonSchema {
  return {
    post: {
      tags: ['webhooks'],
      summary: summaries[type],
      description: audience(type),
      security: [],
      parameters: [parameter('WebhookId'), parameter('WebhookTimestamp'), parameter('WebhookSignature')],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: {
                type: { type: 'string', const: type },
                timestamp: { type: 'string', format: 'date-time' },
                data: book.of(eventRules[type].data, 'output'),
              },
              required: ['type', 'timestamp', 'data'],
            },
            example: { type, timestamp: exampleTimestamp, data: eventExamples[type] },
          },
        },
      },
      responses: {
        '2XX': { description: 'Taken: the event is not sent to this endpoint again' },
        '410': { description: 'Given up: the endpoint is disabled' },
        default: { description: 'Not taken: it is sent again, over some three days' },
      },
    },
  };
}

/** What the API calls, in the place of being called: every event with its headers and its body (OpenAPI 3.1, `webhooks`). */
export const webhooksSection = (book: SchemaBook): Record<string, JsonSchema> =>
  Object.fromEntries(eventTypes.map((type) => [type, webhook(type, book)]));
