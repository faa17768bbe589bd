import { create } from 'qrcode';
import { useMemo } from 'react';

/** Light modules that stand around the code, so that cameras find its edges (ISO/IEC 18004). */
const quietZone = 4;

/** The dark modules as one path: a rectangle for each run of a row. */
function darkModules(text: string): { size: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const rows = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) => (modules.get(row, column) === 0 ? ' ' : 'x')).join(''),
  );
  const runs = rows.flatMap((row, y) =>
    [...row.matchAll(/x+/g)].map(({ index, 0: { length } }) => `M${index} ${y}h${length}v1h-${length}z`),
  );
  return { size, path: runs.join('') };
}

/** A text as a QR code, drawn here: it goes to nobody. Dark on light in every appearance, as cameras read it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => darkModules(text), [text]);
  const side = size + 2 * quietZone;
  return (
    <svg
      role="img"
      aria-label={label}
      className="invitation-qr"
      viewBox={`${-quietZone} ${-quietZone} ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <rect x={-quietZone} y={-quietZone} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
