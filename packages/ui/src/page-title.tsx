import { Title } from '@mantine/core';
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { useT } from './i18n.tsx';

/**
 * The heading of a page. Names the document, and takes the focus when the page was reached by navigation, so that a screen
 * reader says where one is. On the first load the browser's own order is left alone.
 */
export function PageTitle({
  title,
  children,
  focus = true,
}: {
  /** What the window's title says; the heading too, unless `children` replace it. */
  title: string;
  children?: ReactNode;
  focus?: boolean;
}) {
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('common:wordmark')}`;
  }, [title, t]);
  // With the first sight of the heading, not after it: what somebody has pressed since then must keep the focus.
  useLayoutEffect(() => {
    if (focus && navigated.current) heading.current?.focus();
    navigated.current = true;
  }, [focus]);
  return (
    <Title order={1} ref={heading} tabIndex={-1}>
      {children ?? title}
    </Title>
  );
}

/** Whether a first page has been shown: shared by every title of the application. */
const navigated = { current: false };
