/**
 * The look, said once: colours of both schemes, spacing, type and corners. Everything else takes its colours from here,
 * style sheets through the `--lab-…` variables and canvases through `paletteOf`.
 */
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';
import { layersOnWhite, type Oklch, scaleOf } from '../shared/drawing/colours.ts';

export type Scheme = 'light' | 'dark';

export type Palette = {
  readonly page: string;
  readonly panel: string;
  readonly raised: string;
  readonly plot: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly grid: string;
  readonly accent: string;
  readonly accentInk: string;
  readonly accentWash: string;
  readonly good: string;
  readonly warn: string;
  readonly warnWash: string;
  readonly bad: string;
  /** Layers, from the first hidden one to the last. */
  readonly firstLayer: Oklch;
  readonly lastLayer: Oklch;
  /** Signed values, as speeds next to another: slower, equally fast, faster. */
  readonly slower: Oklch;
  readonly even: Oklch;
  readonly faster: Oklch;
  /** Runs, in the order of their letters; told apart by the marker too. */
  readonly runs: readonly string[];
};

const light: Palette = {
  page: '#f5f5f3',
  panel: '#ffffff',
  raised: '#eeefec',
  plot: '#ffffff',
  ink: '#1b1e22',
  soft: '#565d66',
  line: '#d8dad8',
  grid: '#e7e9e7',
  accent: '#3452ac',
  accentInk: '#ffffff',
  accentWash: '#e8ecf8',
  good: '#1b6e3c',
  warn: '#8a4b00',
  warnWash: '#fdf0dc',
  bad: '#ad2222',
  firstLayer: layersOnWhite.first,
  lastLayer: layersOnWhite.last,
  slower: { lightness: 0.5, chroma: 0.14, hue: 45 },
  even: { lightness: 0.97, chroma: 0.002, hue: 70 },
  faster: { lightness: 0.42, chroma: 0.14, hue: 255 },
  runs: ['#0068a8', '#c24e00', '#00775a', '#a8447f', '#7d6000', '#0a7f9e', '#555b62', '#7a3b1d'],
};

const dark: Palette = {
  page: '#111316',
  panel: '#191c20',
  raised: '#252a30',
  plot: '#191c20',
  ink: '#eceef0',
  soft: '#a7aeb6',
  line: '#383e46',
  grid: '#2a2f35',
  accent: '#9db2f5',
  accentInk: '#10162b',
  accentWash: '#232c47',
  good: '#6fce93',
  warn: '#f2b45c',
  warnWash: '#372b17',
  bad: '#ff8d85',
  firstLayer: { lightness: 0.56, chroma: 0.17, hue: 305 },
  lastLayer: { lightness: 0.87, chroma: 0.17, hue: 142 },
  slower: { lightness: 0.8, chroma: 0.14, hue: 60 },
  even: { lightness: 0.3, chroma: 0.002, hue: 70 },
  faster: { lightness: 0.76, chroma: 0.13, hue: 245 },
  runs: ['#62b5ec', '#f39a5f', '#35c9a1', '#e79aca', '#dcbf4a', '#86d5ee', '#b9bfc6', '#d8a184'],
};

/** Returns the colours of a scheme. */
export const paletteOf = (scheme: Scheme): Palette => (scheme === 'dark' ? dark : light);

/** Returns the colours of `count` hidden layers, the first one first. */
export const layerColours = (scheme: Scheme, count: number): string[] =>
  scaleOf(paletteOf(scheme).firstLayer, paletteOf(scheme).lastLayer, count);

/** Returns an odd number of colours for signed values, from the slowest to the fastest; the one in the middle is even. */
export function heatColours({ slower, even, faster }: Palette, count: number): string[] {
  const half = (count + 1) / 2;
  // Grey has no hue: each side keeps that of its end.
  const below = scaleOf(slower, { ...even, hue: slower.hue }, half);
  const above = scaleOf({ ...even, hue: faster.hue }, faster, half);
  return [...below, ...above.slice(1)];
}

/** The colours of the book's figures, for its look; they follow each other and begin again. */
export const bookColours: readonly string[] = ['#2a6ea6', '#ffa933', '#ff5555', '#55ff55', '#5555ff'];

const accents: MantineColorsTuple = [
  '#eef1fb',
  '#dbe2f6',
  '#b9c7ee',
  '#9db2f5',
  '#7e97e6',
  '#5f7bd4',
  '#3452ac',
  '#2c4796',
  '#243b7e',
  '#1b2d62',
];

const darks: MantineColorsTuple = [
  dark.ink,
  '#cbd0d5',
  dark.soft,
  '#7f8790',
  '#454c55',
  dark.line,
  dark.raised,
  dark.panel,
  dark.page,
  '#0b0c0e',
];

const sans = [
  'system-ui',
  '-apple-system',
  '"Segoe UI"',
  'Roboto',
  '"Noto Sans"',
  '"PingFang SC"',
  '"Hiragino Sans GB"',
  '"Microsoft YaHei"',
  '"Noto Sans CJK SC"',
  '"Noto Sans SC"',
  'sans-serif',
].join(', ');

const sizes = { xs: '0.75rem', sm: '0.875rem', md: '1rem', lg: '1.25rem', xl: '1.75rem' };

/** Buttons in the accent take the scheme's own pair of colours; Mantine would reckon with the light one in both. */
const buttonColours: VariantColorsResolver = (input) => {
  const given = defaultVariantColorsResolver(input);
  if (input.color !== undefined && input.color !== 'accent') return given;
  const accent = 'var(--lab-accent)';
  const wash = 'var(--lab-accentWash)';
  switch (input.variant) {
    case 'filled':
      return {
        ...given,
        background: accent,
        hover: accent,
        color: 'var(--lab-accentInk)',
        hoverColor: 'var(--lab-accentInk)',
      };
    case 'light':
      return { ...given, background: wash, hover: wash, color: accent, hoverColor: accent };
    case 'subtle':
      return { ...given, hover: wash, color: accent, hoverColor: accent };
    default:
      return given;
  }
};

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 3 },
  variantColorResolver: buttonColours,
  colors: { accent: accents, dark: darks },
  white: light.panel,
  black: light.ink,
  fontFamily: sans,
  headings: { fontFamily: sans, fontWeight: '650' },
  fontSizes: sizes,
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.35', xl: '1.25' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { sm: '0.5rem', md: '0.5rem', lg: '0.5rem' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // A dialog's heading is no banner of the page.
    ModalHeader: { defaultProps: { role: 'none' } },
    DrawerHeader: { defaultProps: { role: 'none' } },
    // A menu belongs to what it was opened from, so it lies in the page's main part, and its first choice has the focus.
    Menu: {
      defaultProps: {
        portalProps: { target: 'main' },
        floatingStrategy: 'fixed',
        withInitialFocusPlaceholder: false,
      },
    },
  },
});

function variablesOf(palette: Palette, scheme: Scheme): Record<string, string> {
  const surfaces = ['page', 'panel', 'raised', 'plot', 'ink', 'soft', 'line', 'grid'] as const;
  const signs = ['accent', 'accentInk', 'accentWash', 'good', 'warn', 'warnWash', 'bad'] as const;
  const named = [...surfaces, ...signs].map((name) => [`--lab-${name}`, palette[name]] as const);
  const runs = palette.runs.map((colour, index) => [`--lab-run-${index}`, colour] as const);
  return {
    ...Object.fromEntries([...named, ...runs]),
    '--mantine-color-body': palette.panel,
    '--mantine-color-text': palette.ink,
    '--mantine-color-dimmed': palette.soft,
    '--mantine-color-error': palette.bad,
    '--mantine-color-placeholder': scheme === 'dark' ? '#8b939c' : '#6b727b',
  };
}

/** Hands the tokens to style sheets, for each scheme its own. */
export const themeVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variablesOf(light, 'light'),
  dark: variablesOf(dark, 'dark'),
});
