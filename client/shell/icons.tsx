/** The signs on buttons, drawn with one stroke. They never stand alone: every button has a name beside its sign. */

const paths = {
  play: 'M7 4.5v15l12.5-7.5z',
  pause: 'M8 5v14M16 5v14',
  step: 'M6 5v14l9-7zM18 5v14',
  reset: 'M4 12a8 8 0 1 0 2.5-5.8M4 4v5h5',
  stop: 'M6 6h12v12H6z',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7a3.5 3.5 0 0 0 0 7zM2.5 20c.500-4 3-6 6.5-6s6 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .7 3.2 2.5 3.5 5.5',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2',
  screen: 'M3 5h18v11H3zM9 20h6M12 16v4',
  help: 'M9 9.5a3 3 0 1 1 4.5 2.5c-1 .6-1.5 1-1.5 2.5M12 18v.5M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18',
  sun: 'M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M19 5l-1.4 1.4M6.4 17.6L5 19',
  moon: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z',
  auto: 'M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 1 1 0 18',
  plot: 'M4 4v16h16M7 9c3 0 4 5 13 6M7 6c4 0 5 2 13 3',
  guess: 'M9 18h6M10 21h4M12 3a6 6 0 0 0-3.500 10.900c.6.5 1 1.200 1 2.100h5c0-.9.4-1.600 1-2.100A6 6 0 0 0 12 3z',
  board: 'M5 4h14v16H5zM9 9h6M9 13h6M9 17h3',
  runs: 'M4 6h2M9 6h11M4 12h2M9 12h11M4 18h2M9 18h11',
  class: 'M4 5h11v7H8l-4 3.500zM18 9h2v11l-4-3h-6v-2',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  lead: 'M5 4l14 6.500-6 1.800-2.500 6.200z',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  check: 'M5 12.5l4.5 4.5L19 7',
  cross: 'M6 6l12 12M18 6L6 18',
  undo: 'M4 9h10a5.5 5.5 0 0 1 0 11h-4M8 5L4 9l4 4',
  fork: 'M6 3a2 2 0 1 0 0 4a2 2 0 1 0 0-4M6 7v10M6 17a2 2 0 1 0 0 4a2 2 0 1 0 0-4M18 5a2 2 0 1 0 0 4a2 2 0 1 0 0-4M18 9c0 5-12 3-12 8',
  note: 'M5 4h14v11h-8l-4 4v-4H5z',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17.5v.1',
  eye: 'M2.5 12S6 5.5 12 5.5s9.5 6.5 9.5 6.5-3.5 6.5-9.5 6.5S2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5',
  'eye-off':
    'M3 3l18 18M10 5.7c.6-.1 1.3-.2 2-.2 6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.7 3.5M6.3 7.5A16 16 0 0 0 2.5 12s3.5 6.5 9.5 6.5a9 9 0 0 0 4.3-1.1',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  info: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v5.5M12 7.5v.5',
  table: 'M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14',
  pin: 'M12 21s6.5-6.3 6.5-11a6.5 6.5 0 1 0-13 0c0 4.700 6.500 11 6.500 11zM12 8v4M10 10h4',
  full: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  save: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.700-5.700l-1.300 1.300M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.700 5.700l1.300-1.300',
  settings: 'M4 7h9M17 7h3M15 4.500v5M4 17h3M11 17h9M9 14.500v5',
  chevron: 'M6 9l6 6 6-6',
  hand: 'M8 12V5.500a1.500 1.500 0 0 1 3 0V11M11 10.5V4a1.500 1.500 0 0 1 3 0v7M14 11V5.500a1.500 1.500 0 0 1 3 0V14c0 4-2.200 7-6 7-3 0-4.300-1.600-5.500-4L3.600 13.500c-.8-1.700 1.200-2.800 2.300-1.400L8 14.500',
  door: 'M6 3h12v18H6zM3 21h18M14.5 12v.1',
  offline: 'M3 3l18 18M5 12a10 10 0 0 1 4-2.5M13 9.3a10 10 0 0 1 6 2.7M8 15.5a5.5 5.5 0 0 1 8 0M12 19h.01',
} as const;

export type IconName = keyof typeof paths;

const filled: ReadonlySet<IconName> = new Set(['play', 'stop']);

/** Draws a sign in the colour of the text around it. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={filled.has(name) ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'more' ? 3.5 : 2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
