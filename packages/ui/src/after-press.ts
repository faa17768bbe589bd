let pressed = false;
let waiting: (() => void)[] = [];

/** The click of this press comes right after: what waited must not move its target. */
function release(): void {
  pressed = false;
  setTimeout(() => {
    const released = waiting;
    waiting = [];
    for (const act of released) act();
  });
}

if (typeof document !== 'undefined') {
  document.addEventListener('pointerdown', () => (pressed = true), { capture: true, passive: true });
  for (const end of ['pointerup', 'pointercancel'] as const)
    document.addEventListener(end, release, { capture: true, passive: true });
}

/**
 * Runs `act` now, or once the press under way has ended. A field left by pressing a button below it must not grow by its message
 * before the button is released: the button would move from under the pointer, and the click be lost.
 */
export function afterPress(act: () => void): void {
  if (pressed) waiting.push(act);
  else act();
}
