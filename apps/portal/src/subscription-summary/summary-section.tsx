import { type ReactNode, useId } from 'react';
import './summary-section.css';

/** A part of a subscription in a card; `tools` stand beside its heading. */
export function SummarySection({
  title,
  tools,
  children,
}: {
  title: string;
  tools?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="rnoce-card portal-summary-section" aria-labelledby={id}>
      <div className="portal-summary-head">
        <h2 id={id}>{title}</h2>
        {tools}
      </div>
      {children}
    </section>
  );
}

/** Facts that stand together within a section: a manager, a group of fields. */
export function SummaryGroup({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="portal-summary-group" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
