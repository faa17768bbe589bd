import { Notice } from '@rnoce/ui/status-badge';

/** Says above a form that it was done, anew each time. */
export function DoneNote({ times, text }: { times: number; text: string }) {
  if (times === 0) return null;
  return (
    <div className="portal-form-note">
      <Notice key={times} tone="success" live="polite">
        <p>{text}</p>
      </Notice>
    </div>
  );
}
