import { useEffect, useRef } from 'react';
import { arrivalsSoFar } from '../navigation/location.ts';

let arrivalsSeen = 0;

/**
 * A screen's title: names the page, and takes the focus when the person came here from another screen, or when what had the focus
 * has gone with the screen before. Not at the first load, whose beginning belongs to the browser, nor when the language changes.
 */
export function Heading({ children, service }: { children: string; service?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = `${children} · RNOCE`;
  }, [children]);

  useEffect(() => {
    const came = arrivalsSoFar() > arrivalsSeen;
    arrivalsSeen = arrivalsSoFar();
    if (came || focusIsLost()) heading.current?.focus({ preventScroll: true });
  }, []);

  return (
    <>
      {service === undefined ? null : <p className="service">{service}</p>}
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
    </>
  );
}

/** What the person has just pressed went away with its screen. A page that nobody has touched yet keeps its beginning. */
const focusIsLost = (): boolean =>
  ((navigator as Partial<Navigator>).userActivation?.hasBeenActive ?? true) &&
  document.activeElement === document.body;
