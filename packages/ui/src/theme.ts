import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';

const teal: MantineColorsTuple = [
  '#e8f4f4',
  '#cfe7e7',
  '#a5d3d4',
  '#78bdbf',
  '#57aeb1',
  '#2f9093',
  '#1d7c7f',
  '#14706f',
  '#0f6467',
  '#0a4a4c',
];

const red: MantineColorsTuple = [
  '#fdecec',
  '#f9d2d3',
  '#f3a9ab',
  '#ffa3a6',
  '#f58085',
  '#d6383e',
  '#c2262c',
  '#b31d22',
  '#a4161a',
  '#7d0f12',
];

const dark: MantineColorsTuple = [
  '#e6ebf3',
  '#c3ccdb',
  '#a3aec2',
  '#8592ab',
  '#55627c',
  '#3a4763',
  '#1c2740',
  '#141c2e',
  '#0e1524',
  '#090e19',
];

/**
 * The tokens of spec/interface.md as a Mantine theme. White on `teal.8` reaches 6.9:1; Mantine's own shade 6 would
 * fail, hence `primaryShade`. Text is 16 px, so phones don't zoom into fields.
 */
export const theme: MantineThemeOverride = createTheme({
  colors: { teal, red, dark },
  primaryColor: 'teal',
  primaryShade: 8,
  black: '#14213d',
  fontFamily: "'IBM Plex Sans Arabic', 'Segoe UI', Tahoma, Arial, sans-serif",
  fontSizes: { xs: '0.875rem', sm: '1rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
  lineHeights: { xs: '1.45', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.5' },
  headings: {
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.25' },
      h2: { fontSize: '1.375rem', lineHeight: '1.3' },
      h3: { fontSize: '1.125rem', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '0.25rem', sm: '0.5rem', md: '0.5rem', lg: '0.5rem', xl: '2rem' },
  defaultRadius: 'md',
  shadows: { xs: shadow(), sm: shadow(), md: shadow(), lg: shadow(), xl: shadow() },
  respectReducedMotion: true,
  focusRing: 'always',
  focusClassName: 'rnoce-focus',
  components: {
    Button: { defaultProps: { size: 'md' } },
    ActionIcon: { defaultProps: { size: 'lg', variant: 'subtle' } },
    Anchor: { defaultProps: { underline: 'always' } },
    Container: { defaultProps: { size: 1120 } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 120 },
        // A dialog's heading bar is a <header>, which assistive technology would take for the page's banner.
        attributes: { header: { role: 'presentation' } },
      },
    },
  },
});

/** One level of shadow for whatever floats. */
function shadow(): string {
  return '0 2px 12px rgb(20 33 61 / 14%)';
}

/** Mantine's greys for secondary text, placeholders and borders fail contrast; these reach 4.5:1 (text) and 3:1 (borders). */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#14213d',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': '#4a5670',
    '--mantine-color-placeholder': '#667085',
    '--mantine-color-error': '#a4161a',
    '--mantine-color-anchor': '#0f6467',
    '--mantine-color-default-border': '#7a8599',
  },
  dark: {
    '--mantine-color-text': '#e6ebf3',
    '--mantine-color-body': '#141c2e',
    '--mantine-color-dimmed': '#a3aec2',
    '--mantine-color-placeholder': '#8f9bb3',
    '--mantine-color-error': '#ffa3a6',
    '--mantine-color-anchor': '#78bdbf',
    '--mantine-color-default-border': '#7986a0',
  },
});
