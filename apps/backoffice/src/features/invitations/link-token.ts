/** Where this tab keeps the link's secret over a reload. Signing out empties the tab's storage, and this with it. */
const storageKey = 'rnoce:agent-invitation';

/** Where storage is forbidden, as long as the page lasts. */
let held: string | undefined;

/** Keeps the secret of the link that was opened in this tab. */
export function keepToken(token: string): void {
  held = token;
  try {
    window.sessionStorage.setItem(storageKey, token);
  } catch {
    // Storage forbidden: a reload asks for the e-mail's link again.
  }
}

/** The secret of the link that was opened last in this tab; undefined when there is none. */
export function keptToken(): string | undefined {
  try {
    return window.sessionStorage.getItem(storageKey) ?? held;
  } catch {
    return held;
  }
}

/** The link has been used: nothing is left of it here. */
export function forgetToken(): void {
  held = undefined;
  try {
    window.sessionStorage.removeItem(storageKey);
  } catch {
    // Storage forbidden: nothing was kept there.
  }
}
