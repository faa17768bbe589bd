import { createGuard } from '@rnoce/shell/guard';
import { sessionStore } from './session-store.ts';

export const { requireSession, leadSignedInOn } = createGuard(sessionStore, async () => {
  const { sessionKeeper } = await import('./session.ts');
  return await sessionKeeper.resume();
});
