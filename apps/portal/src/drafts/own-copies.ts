import { sessionStore } from '../session/session-store.ts';
import { type DraftCopies, draftCopies, forgetCopies, storageOf, tabName } from './draft-copies.ts';

/** What is typed is its account's alone, also in a browser that several share. */
const nameOf = (draft: string): string => `${sessionStore.principal()?.id ?? ''}.${draft}`;
const localStore = () => storageOf(() => window.localStorage);

/** The copies on this device of a draft of the account that is signed in. */
export const openOwnCopies = <P extends object>(draft: string): DraftCopies<P> =>
  draftCopies(localStore(), nameOf(draft), {
    tab: tabName(
      storageOf(() => window.sessionStorage),
      () => crypto.randomUUID(),
    ),
    now: Date.now,
  });

/** Forgets them, whichever tab made them: the draft was sent or deleted. */
export const forgetOwnCopies = (draft: string): void => forgetCopies(localStore(), nameOf(draft));
