import { useT } from '@rnoce/ui/i18n';
import { useId } from 'react';
import { ceiling } from './axis.ts';
import './bar-chart.css';

export interface Series {
  readonly name: string;
  /** One a category; null: nothing was measured. */
  readonly values: readonly (number | null)[];
}

const height = 160;
const groupWidth = 44;
const gap = 10;
const axis = 30;

/** Where it is wider than the screen, it opens on what came last. */
const showNewest = (box: HTMLElement | null) => {
  if (box) box.scrollLeft = box.scrollWidth;
};

/**
 * Bars in groups, one group a category; each series has its own fill and outline, so that colour isn't needed to tell them apart.
 * The same figures stand in a table for whoever can't see them or wants them exact.
 */
export function BarChart({
  title,
  categories,
  categoryName,
  series,
  format,
}: {
  title: string;
  categoryName: string;
  categories: readonly string[];
  series: readonly Series[];
  format: (value: number) => string;
}) {
  const t = useT();
  const id = useId();
  const top = ceiling(Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const width = axis + categories.length * groupWidth;
  const barWidth = (groupWidth - gap) / series.length;
  return (
    <figure className="backoffice-chart" data-single={series.length === 1 || undefined}>
      <figcaption id={id}>
        <h2>{title}</h2>
        {series.length > 1 ? (
          <ul className="backoffice-chart-legend">
            {series.map(({ name }, index) => (
              <li key={name}>
                <svg width="18" height="18" aria-hidden>
                  <rect width="18" height="18" rx="3" data-series={index} />
                </svg>
                {name}
              </li>
            ))}
          </ul>
        ) : null}
      </figcaption>
      <section
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        ref={showNewest}
        className="backoffice-chart-scroll"
        aria-labelledby={id}
        dir="ltr"
      >
        <svg viewBox={`0 -12 ${width} ${height + 40}`} aria-hidden>
          {[0, 0.5, 1].map((part) => (
            <g key={part} transform={`translate(0 ${height - part * height})`}>
              <line x1={axis} x2={width} className="backoffice-chart-grid" />
              <text x={axis - 6} dy="0.35em" textAnchor="end">
                {format(top * part)}
              </text>
            </g>
          ))}
          {categories.map((category, group) => (
            <g key={category} transform={`translate(${axis + group * groupWidth + gap / 2} 0)`}>
              {series.map(({ name, values }, index) => {
                const value = values[group] ?? 0;
                const bar = (value / top) * height;
                return (
                  <rect
                    key={name}
                    x={index * barWidth}
                    y={height - bar}
                    width={Math.max(barWidth - 2, 2)}
                    height={bar}
                    rx="2"
                    data-series={index}
                  />
                );
              })}
              <text x={(groupWidth - gap) / 2} y={height + 18} textAnchor="middle">
                {category.slice(0, 5)}
              </text>
            </g>
          ))}
        </svg>
      </section>
      <details>
        <summary>{t('desk:dashboard.figures')}</summary>
        <table className="backoffice-figures">
          <caption className="rnoce-visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{categoryName}</th>
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {categories.map((category, group) => (
              <tr key={category}>
                <th scope="row">
                  <bdi>{category}</bdi>
                </th>
                {series.map(({ name, values }) => {
                  const value = values[group] ?? null;
                  return <td key={name}>{value === null ? '–' : format(value)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
