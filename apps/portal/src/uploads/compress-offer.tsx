import { Button } from '@mantine/core';
import { formatFileSize } from '@rnoce/i18n';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { useEffect, useState } from 'react';
import { type Compression, compressPdf } from './compress-pdf.ts';

type State =
  | { readonly kind: 'offered' }
  | { readonly kind: 'working'; readonly part: number; readonly stop: AbortController }
  | Compression;

/** Under a PDF that is too heavy: makes it lighter here, shows by how much, and sends it once the person agrees. */
export function CompressOffer({
  file,
  maxBytes,
  onAccept,
}: {
  file: File;
  maxBytes: number;
  onAccept: (lighter: File) => void;
}) {
  const t = useT();
  const { locale } = useLocale();
  const [state, setState] = useState<State>({ kind: 'offered' });
  const stop = state.kind === 'working' ? state.stop : undefined;
  useEffect(() => () => stop?.abort(), [stop]);

  async function work(): Promise<void> {
    const stop = new AbortController();
    setState({ kind: 'working', part: 0, stop });
    try {
      setState(
        await compressPdf(file, maxBytes, {
          signal: stop.signal,
          onProgress: (part) => setState({ kind: 'working', part, stop }),
        }),
      );
    } catch {
      // Given up by the person, or left behind.
      setState({ kind: 'offered' });
    }
  }

  const size = (bytes: number) => formatFileSize(bytes, locale);
  switch (state.kind) {
    case 'offered':
      return (
        <div className="wizard-compress">
          <p>{t('wizard:compress.offer')}</p>
          <Button size="sm" variant="outline" onClick={() => void work()}>
            {t('wizard:compress.action')}
          </Button>
        </div>
      );
    case 'working':
      return (
        <div className="wizard-compress">
          <progress max={1} value={state.part} aria-label={t('wizard:compress.working')} />
          <p>{t('wizard:compress.working')}</p>
          <Button size="sm" variant="subtle" onClick={() => state.stop.abort()}>
            {t('common:action.cancel')}
          </Button>
        </div>
      );
    case 'done':
      return (
        <div className="wizard-compress">
          <output>
            {t('wizard:compress.done', { before: size(file.size), after: size(state.file.size) })}
          </output>
          <p>{t('wizard:compress.check')}</p>
          <Button size="sm" onClick={() => onAccept(state.file)}>
            {t('wizard:compress.accept')}
          </Button>
        </div>
      );
    case 'still_too_large':
      return (
        <p className="wizard-compress">
          {t('wizard:compress.still-too-large', { after: size(state.bytes), max: size(maxBytes) })}
        </p>
      );
    case 'impossible':
      return <p className="wizard-compress">{t('wizard:compress.impossible')}</p>;
  }
}
