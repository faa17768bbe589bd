import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Draws its content once it comes near the screen: a thumbnail costs a download. */
export function InView({ children }: { children: ReactNode }) {
  const box = useRef<HTMLSpanElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        setNear(true);
        observer.disconnect();
      },
      { rootMargin: '200px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <span ref={box} className="wizard-in-view">
      {near ? children : null}
    </span>
  );
}
