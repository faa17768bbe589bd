import { Notice } from '@rnoce/ui/status-badge';

/** Why an act failed, in words, told at once; nothing while there is nothing to tell. */
export function Fault({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <Notice tone="danger" live="assertive">
      <p>{text}</p>
    </Notice>
  );
}
