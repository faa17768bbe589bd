import { DirectionContext, MantineProvider } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { type I18n, I18nProvider, useLocale } from './i18n.tsx';
import { cssVariablesResolver, theme } from './theme.ts';

function nothing(): void {
  // The direction follows the language alone.
}

function Themed({ children }: { children: ReactNode }) {
  const { direction } = useLocale();
  const value = useMemo(
    () => ({ dir: direction, toggleDirection: nothing, setDirection: nothing }),
    [direction],
  );
  return (
    <DirectionContext value={value}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        defaultColorScheme="auto"
        deduplicateCssVariables={false}
        deduplicateInlineStyles
      >
        {children}
      </MantineProvider>
    </DirectionContext>
  );
}

/** Language, direction and theme for an application; data fetching is the application's own. */
export function AppProviders({ i18n, children }: { i18n: I18n; children: ReactNode }) {
  return (
    <I18nProvider i18n={i18n}>
      <Themed>{children}</Themed>
    </I18nProvider>
  );
}
