import { useEffect, useState } from 'react';
import { useLanguage } from '../language/use-language.ts';
import { Icon } from './icon.tsx';

/** How long « copied » is shown, in milliseconds. */
const shownMs = 4000;

/** Copies a text; when the browser doesn't allow it, says so: the text itself can still be selected. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useLanguage();
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();

  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  }

  return (
    <span className="copy no-print">
      <button type="button" className="button" onClick={copy}>
        <Icon name={outcome === 'copied' ? 'check' : 'copy'} /> {label}
      </button>
      <span aria-live="polite" className={outcome === 'failed' ? 'hint' : 'hidden'}>
        {outcome === 'copied' ? t('checkout:copy.done') : ''}
        {outcome === 'failed' ? t('checkout:copy.failed') : ''}
      </span>
    </span>
  );
}
