import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import './switches.css';
import type { MessageKey } from '@rnoce/i18n';
import { useT } from './i18n.tsx';

const schemes = [
  ['light', 'common:scheme.light', IconSun],
  ['dark', 'common:scheme.dark', IconMoon],
  ['auto', 'common:scheme.system', IconDeviceDesktop],
] as const satisfies readonly (readonly [MantineColorScheme, MessageKey, typeof IconSun])[];

/** Light, dark, or what the device says. */
export function ColorSchemeSwitch() {
  const t = useT();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <fieldset aria-label={t('common:scheme.label')} className="rnoce-switch">
      {schemes.map(([scheme, label, Icon]) => (
        <button
          key={scheme}
          type="button"
          aria-pressed={scheme === colorScheme}
          aria-label={t(label)}
          title={t(label)}
          onClick={() => setColorScheme(scheme)}
        >
          <Icon className="rnoce-icon" aria-hidden />
        </button>
      ))}
    </fieldset>
  );
}
