import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useT } from './i18n.tsx';
import { LoadingState } from './states.tsx';
import { useLostChunk } from './use-lost-chunk.ts';
import './states.css';

/** What a broken page says: also the route's error element. One that only could not be fetched comes by itself once it can. */
export function BrokenPage({ error }: { error: unknown }) {
  const t = useT();
  const { cause, again } = useLostChunk(error);
  if (cause === 'asking') return <LoadingState />;
  const unreachable = cause === 'unreachable';
  return (
    <div className="rnoce-state" role="alert">
      <h1>{t(unreachable ? 'errors:boundary.unreachable-title' : 'errors:boundary.title')}</h1>
      <p>
        {t(
          unreachable
            ? 'errors:boundary.unreachable'
            : cause === 'gone'
              ? 'errors:boundary.update'
              : 'errors:boundary.detail',
        )}
      </p>
      {unreachable ? (
        <Button onClick={again}>{t('common:action.retry')}</Button>
      ) : (
        <Button onClick={() => window.location.reload()}>{t('common:action.reload')}</Button>
      )}
    </div>
  );
}

/** The last net under an application: a fault in a component shows a way on instead of a white page. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown; failed: boolean }> {
  override state = { error: undefined, failed: false };

  static getDerivedStateFromError(error: unknown) {
    return { error, failed: true };
  }

  override render() {
    return this.state.failed ? <BrokenPage error={this.state.error} /> : this.props.children;
  }
}
