import { PageTitle } from '@rnoce/ui/page-title';
import { IconAlarm } from '@tabler/icons-react';
import './lists.css';

/** The title of a queue, and how many of its rows wait for too long; undefined: none, or it isn't known yet. */
export function QueueHead({ title, overdue }: { title: string; overdue: string | undefined }) {
  return (
    <div className="backoffice-queue-head">
      <PageTitle title={title} />
      {overdue === undefined ? null : (
        <p className="backoffice-overdue">
          <IconAlarm className="rnoce-icon" aria-hidden />
          {overdue}
        </p>
      )}
    </div>
  );
}
