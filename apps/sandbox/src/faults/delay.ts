import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';

/** Waits, unless the caller goes away before. */
export async function delay(request: FastifyRequest, milliseconds: number): Promise<void> {
  const gone = new AbortController();
  const onClose = () => gone.abort();
  request.raw.socket.once('close', onClose);
  try {
    await sleep(milliseconds, undefined, { signal: gone.signal });
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    request.raw.socket.off('close', onClose);
  }
}
