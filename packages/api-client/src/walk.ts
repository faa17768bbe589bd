import type { Client } from './call.ts';

/** One part of a feed. Keep `nextCursor` once its items are dealt with: the next walk goes on from there. Null: this feed has an end. */
export interface FeedPart<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** A function of the client for a feed, `listPayments` or `listEvents`. */
type ReadFeed<Input, Item> = (client: Client, input: Input) => Promise<{ readonly data: FeedPart<Item> }>;

/**
 * Walks a feed from where its query says to its present end, part by part, in the feed's order. A feed that only grows (payments, events) misses
 * nothing and tells nothing twice; to go on later, give the last `nextCursor` as the query's `cursor`.
 *
 * @param read `listPayments`, `listEvents`, `listWebhookDeliveries`
 * @param input what `read` takes; `query.cursor` is where the walk before ended, `query.limit` how many items a part may hold
 * @throws ApiError of the part that couldn't be read; the parts before it stand
 */
export async function* walk<Input extends { readonly query?: object | undefined }, Item>(
  client: Client,
  read: ReadFeed<Input, Item>,
  input: NoInfer<Input>,
): AsyncGenerator<FeedPart<Item>, void, undefined> {
  let asked: Input = input;
  for (;;) {
    const { items, nextCursor } = (await read(client, asked)).data;
    if (items.length > 0) yield { items, nextCursor };
    if (items.length === 0 || nextCursor === null) return;
    asked = { ...input, query: { ...input.query, cursor: nextCursor } };
  }
}
