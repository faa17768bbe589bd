import type { ReactNode } from 'react';
import './list-table.css';

/**
 * The table of a list, its rows given. Where `rnoce-list-room` around it leaves little room, each row becomes a card, its cells named by
 * `data-label`.
 */
export function ListTable<Heads extends Readonly<Record<string, string | undefined>>>({
  caption,
  heads,
  amounts = [],
  children,
}: {
  caption: string;
  /** The columns in their order, each with its head. */
  heads: Heads;
  /** Columns of amounts, whose cells are marked `data-amount`. */
  amounts?: readonly (keyof Heads)[];
  children: ReactNode;
}) {
  const ofAmounts = new Set<keyof Heads>(amounts);
  return (
    <table className="rnoce-list">
      <caption className="rnoce-visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {Object.entries(heads).map(([name, head]) => (
            <th key={name} scope="col" data-amount={ofAmounts.has(name) || undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
