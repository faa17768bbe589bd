import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import './states.css';
import { useT } from './i18n.tsx';

/** A chunk that is gone after a deployment: a reload brings the new version. */
const isMissingChunk = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|importing a module script failed|preload CSS/i.test(error.message);

/** What a broken page says: also the route's error element. */
export function BrokenPage({ error }: { error: unknown }) {
  const t = useT();
  return (
    <div className="rnoce-state" role="alert">
      <h1>{t('errors:boundary.title')}</h1>
      <p>{t(isMissingChunk(error) ? 'errors:boundary.update' : 'errors:boundary.detail')}</p>
      <Button onClick={() => window.location.reload()}>{t('common:action.reload')}</Button>
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
