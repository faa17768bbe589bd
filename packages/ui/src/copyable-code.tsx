import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useT } from './i18n.tsx';
import './copyable-code.css';

/** A code to keep: figures of one width, left to right, with a button that copies it. `children` show it otherwise, as a link say. */
export function CopyableCode({
  code,
  name,
  children,
}: {
  code: string;
  /** What the button says, where the code itself is too long to be read out. */
  name?: string;
  children?: ReactNode;
}) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 3000);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <span className="rnoce-copyable">
      {children ?? <bdi className="rnoce-code">{code}</bdi>}
      <button
        type="button"
        className="rnoce-no-print"
        aria-label={name ?? t('common:action.copy-value', { value: code })}
        onClick={async () => {
          await navigator.clipboard.writeText(code);
          setCopied(true);
        }}
      >
        <Icon className="rnoce-icon" aria-hidden />
        {name === undefined || copied ? null : <span>{name}</span>}
        <output aria-live="polite">{copied ? t('common:action.copied') : ''}</output>
      </button>
    </span>
  );
}
