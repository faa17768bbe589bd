/** Icons of the Tabler set, as everywhere; a word always stands beside. */
const icons = {
  'alert-circle': 'M3 12a9 9 0 1 0 18 0a9 9 0 0 0-18 0M12 8v4M12 16h.01',
  'alert-triangle':
    'M12 9v4M10.363 3.591l-8.106 13.534a1.914 1.914 0 0 0 1.636 2.871h16.214a1.914 1.914 0 0 0 1.636-2.870l-8.106-13.536a1.914 1.914 0 0 0-3.274 0M12 16h.01',
  'arrow-left': 'M5 12h14M5 12l6 6M5 12l6-6',
  'arrow-right': 'M5 12h14M13 18l6-6M13 6l6 6',
  'arrow-back-up': 'M9 14l-4-4l4-4M5 10h11a4 4 0 1 1 0 8h-1',
  bank: 'M3 21h18M3 10h18M5 6l7-3l7 3M4 10v11M20 10v11M8 14v3M12 14v3M16 14v3',
  card: 'M3 8a3 3 0 0 1 3-3h12a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-12a3 3 0 0 1-3-3zM3 10h18M7 15h.01M11 15h2',
  cash: 'M7 15h-3a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1h12a1 1 0 0 1 1 1v3M7 10a1 1 0 0 1 1-1h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-12a1 1 0 0 1-1-1zM12 14a2 2 0 1 0 4 0a2 2 0 0 0-4 0',
  check: 'M5 12l5 5l10-10',
  'chevron-left': 'M15 6l-6 6l6 6',
  'chevron-right': 'M9 6l6 6l-6 6',
  'chevrons-left': 'M11 7l-5 5l5 5M17 7l-5 5l5 5',
  'chevrons-right': 'M7 7l5 5l-5 5M13 7l5 5l-5 5',
  'circle-check': 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M9 12l2 2l4-4',
  'circle-x': 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M10 10l4 4M14 10l-4 4',
  clock: 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 12l3 2M12 7v5',
  copy: 'M7 9.667a2.667 2.667 0 0 1 2.667-2.667h8.666a2.667 2.667 0 0 1 2.667 2.667v8.666a2.667 2.667 0 0 1-2.667 2.667h-8.666a2.667 2.667 0 0 1-2.667-2.667zM4.012 16.737a2.005 2.005 0 0 1-1.012-1.737v-10c0-1.100.9-2 2-2h10c.75 0 1.158.385 1.500 1',
  download: 'M4 17v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-2M7 11l5 5l5-5M12 4v12',
  filter: 'M4 4h16v2.172a2 2 0 0 1-.586 1.414l-4.414 4.414v7l-6 2v-8.500l-4.480-4.928a2 2 0 0 1-.520-1.345z',
  help: 'M3 12a9 9 0 1 0 18 0a9 9 0 0 0-18 0M12 16v.01M12 13a2 2 0 0 0 .914-3.782a1.980 1.980 0 0 0-2.414.483',
  info: 'M3 12a9 9 0 1 0 18 0a9 9 0 0 0-18 0M12 8h.01M11 12h1v4h1',
  mail: 'M3 7a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2zM3 7l9 6l9-6',
  mobile: 'M6 5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2zM11 4h2M12 17v.01',
  offline:
    'M12 18h.01M9.172 15.172a4 4 0 0 1 5.656 0M6.343 12.343a7.963 7.963 0 0 1 3.864-2.140m4.163.155a7.965 7.965 0 0 1 3.287 2M3.515 9.515a12 12 0 0 1 3.544-2.455m3.101-.920a12 12 0 0 1 10.325 3.374M3 3l18 18',
  phone:
    'M5 4h4l2 5l-2.500 1.500a11 11 0 0 0 5 5l1.500-2.500l5 2v4a2 2 0 0 1-2 2a16 16 0 0 1-15-15a2 2 0 0 1 2-2',
  printer:
    'M17 17h2a2 2 0 0 0 2-2v-4a2 2 0 0 0-2-2h-14a2 2 0 0 0-2 2v4a2 2 0 0 0 2 2h2M17 9v-4a2 2 0 0 0-2-2h-6a2 2 0 0 0-2 2v4M7 15a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-6a2 2 0 0 1-2-2z',
  search: 'M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0M21 21l-6-6',
  shield:
    'M11.460 20.846a12 12 0 0 1-7.960-14.846a12 12 0 0 0 8.500-3a12 12 0 0 0 8.500 3a12 12 0 0 1-.090 7.060M15 19l2 2l4-4',
  sort: 'M3 9l4-4l4 4m-4-4v14M21 15l-4 4l-4-4m4 4v-14',
  'sort-down': 'M12 5v14M18 13l-6 6M6 13l6 6',
  'sort-up': 'M12 5v14M18 11l-6-6M6 11l6-6',
} as const;
export type IconName = keyof typeof icons;

/** Icons whose direction has meaning turn with the page. */
const mirrored = /^(arrow|chevron)/;

export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg
      className={`icon ${mirrored.test(name) ? 'mirrored' : ''} ${className}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={icons[name]} />
    </svg>
  );
}
