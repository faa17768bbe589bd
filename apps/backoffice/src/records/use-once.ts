import { createAttempts } from '@rnoce/shell/idempotent-attempt';
import { useCallback, useState } from 'react';

/** Does what a body tells by one idempotency key until an answer came: asked again after a lost answer, it is done once. */
export type Once = <T>(body: unknown, work: (idempotencyKey: string) => Promise<T>) => Promise<T>;

export function useOnce(): Once {
  const [attempts] = useState(() => createAttempts());
  return useCallback(
    async (body, work) => {
      try {
        const answer = await work(attempts.keyFor(body));
        attempts.end();
        return answer;
      } catch (error) {
        attempts.end(error);
        throw error;
      }
    },
    [attempts],
  );
}
