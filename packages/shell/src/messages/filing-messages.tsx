import type { Client } from '@rnoce/api-client/call';
import { listMessages, readMessages, sendMessage } from '@rnoce/api-client/messages';
import { type Message, type Messages, maxMessageLength } from '@rnoce/schemas/messages';
import { MessageThread } from '@rnoce/ui/message-thread';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { createAttempts, storedAttempt } from '../data/idempotent-attempt.ts';
import { QueryState } from '../data/query-state.tsx';

/** How often new messages are asked for while the conversation is in view, in milliseconds. */
const askAgainEvery = 10_000;

/**
 * The messages of a filing, for one of its two sides: new ones come by themselves while they are in view, the other side's are marked
 * read when seen, and what is written is sent once, whatever happens to the network. Its words are `thread:…` (`loadThread`).
 */
export function FilingMessages({
  client,
  filing,
  side,
  reader,
  label,
  authorOf,
  empty,
  closed,
  readOnly,
  onRead,
}: {
  client: Client;
  /** The filing's id. */
  filing: string;
  /** Whose screen it is. */
  side: Message['author'];
  /** The id of who is signed in: drafts are theirs alone. */
  reader: string;
  /** Names the conversation. */
  label: string;
  /** Who wrote a message, as this side is told. */
  authorOf: (message: Message) => string;
  /** Said while there is no message. */
  empty: ReactNode;
  /** Why nobody may write, for a filing that wasn't sent. */
  closed: string;
  /** Why this reader may neither write nor have read for their side; absent when they may. */
  readOnly?: string | undefined;
  /** The other side's messages were marked read: what counts them is to be asked again. */
  onRead: () => void;
}) {
  const queries = useQueryClient();
  const box = useRef<HTMLDivElement>(null);
  const inView = useInView(box);
  const queryKey = ['messages', filing];
  const query = useQuery({
    queryKey,
    staleTime: 0,
    refetchOnWindowFocus: 'always',
    refetchInterval: inView ? askAgainEvery : false,
    queryFn: async ({ signal }) => (await listMessages(client, { params: { id: filing }, signal })).data,
  });
  const name = `rnoce_message.${reader}.${filing}`;
  const [attempts] = useState(() =>
    createAttempts(
      undefined,
      storedAttempt(`${name}.attempt`, () => window.localStorage),
    ),
  );
  const { mutate: markRead } = useMutation({
    retry: 3,
    mutationFn: async (upTo: string) =>
      await readMessages(client, { params: { id: filing }, body: { upTo } }),
    onSuccess: async () => {
      onRead();
      await queries.invalidateQueries({ queryKey });
    },
    onError: () => (told.current = undefined),
  });
  /** What was told as read last, so that it is told once. */
  const told = useRef<string>(undefined);

  const send = async (text: string) => {
    try {
      const { data } = await sendMessage(client, {
        params: { id: filing },
        body: { text },
        idempotencyKey: attempts.keyFor(text),
      });
      attempts.end();
      queries.setQueryData<Messages>(
        queryKey,
        (before) =>
          before && { ...before, items: [...before.items.filter(({ id }) => id !== data.id), data] },
      );
    } catch (error) {
      attempts.end(error);
      throw error;
    }
  };

  return (
    <div ref={box}>
      <QueryState query={query} lines={3}>
        {({ items, open }) => (
          <MessageThread
            label={label}
            messages={items.map((message) => ({
              id: message.id,
              mine: message.author === side,
              author: authorOf(message),
              text: message.text,
              at: message.at,
              readAt: message.readAt,
            }))}
            empty={empty}
            closed={readOnly ?? (open ? undefined : closed)}
            maxLength={maxMessageLength}
            draftName={name}
            onSend={send}
            onSeen={(upTo) => {
              if (readOnly !== undefined || told.current === upTo) return;
              told.current = upTo;
              markRead(upTo);
            }}
          />
        )}
      </QueryState>
    </div>
  );
}

function useInView(box: { readonly current: Element | null }): boolean {
  const [inView, setInView] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new IntersectionObserver((entries) =>
      setInView(entries.at(-1)?.isIntersecting === true),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return inView;
}
