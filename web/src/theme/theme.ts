import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** One calm look. Every colour of text reaches a contrast of 4.5 on its ground, in light and in dark. */

const water: MantineColorsTuple = [
  '#eaf4f8',
  '#d5e7ef',
  '#aacfdf',
  '#7bb5cd',
  '#569fbe',
  '#3a8fb3',
  '#23799f',
  '#125e7f',
  '#0d4e6a',
  '#083b52',
];

/** For what cannot be taken back. */
const danger: MantineColorsTuple = [
  '#fdeae8',
  '#fad3cf',
  '#f3a69f',
  '#ec786e',
  '#e35247',
  '#d83a2e',
  '#c92c20',
  '#b42318',
  '#961b12',
  '#78120b',
];

/** The grounds and lines of the dark look, a little blue. */
const dark: MantineColorsTuple = [
  '#dde3ea',
  '#b8c1cc',
  '#9aa6b5',
  '#6b7785',
  '#3a4552',
  '#2c353f',
  '#1e252e',
  '#171c23',
  '#11151a',
  '#0b0e12',
];

export const theme = createTheme({
  // Buttons that have a sign alone say what they are for.
  components: {
    // The head of a dialog is no second banner of the page.
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, attributes: { header: { role: 'none' } } } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, attributes: { header: { role: 'none' } } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close the notice' } } },
    PasswordInput: { defaultProps: { visibilityToggleButtonProps: { 'aria-label': 'Show what is typed' } } },
  },
  colors: { water, danger, dark },
  primaryColor: 'water',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1c2530',
    '--mantine-color-dimmed': '#566170',
    '--mantine-color-placeholder': '#687282',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#125e7f',
    '--aq-ground': '#f5f7f9',
    '--aq-line': '#dfe4e9',
    '--aq-good': '#1a7f4b',
    '--aq-busy': '#1b6fa8',
    '--aq-wait': '#5f6b7a',
    '--aq-warn': '#9a5b00',
    '--aq-bad': '#b42318',
    '--aq-good-soft': '#e3f4ea',
    '--aq-warn-soft': '#fdf1dc',
    '--aq-bad-soft': '#fdeae8',
  },
  dark: {
    '--mantine-color-body': '#171c23',
    '--mantine-color-text': '#dde3ea',
    '--mantine-color-dimmed': '#9aa6b5',
    '--mantine-color-placeholder': '#8794a4',
    '--mantine-color-error': '#ff9a90',
    '--mantine-color-anchor': '#7bb5cd',
    '--aq-ground': '#11151a',
    '--aq-line': '#2c353f',
    '--aq-good': '#55c48a',
    '--aq-busy': '#6db7e8',
    '--aq-wait': '#9aa6b5',
    '--aq-warn': '#e8ac4e',
    '--aq-bad': '#ff9a90',
    '--aq-good-soft': '#16301f',
    '--aq-warn-soft': '#33260f',
    '--aq-bad-soft': '#3a1b18',
  },
});
