import { Button, Title } from '@mantine/core';
import { IconCloudOff, IconInbox, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import './states.css';
import { useFindMessage, useT } from './i18n.tsx';

/** Nothing to show yet: says why and what to do next. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="rnoce-state">
      <IconInbox className="rnoce-state-icon" aria-hidden />
      <Title order={2}>{title}</Title>
      {children}
      {action}
    </div>
  );
}

/** What an error tells a person: the transport throws errors of this shape (`ApiError`). */
export interface ShownError {
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
}

const shownError = (error: unknown): ShownError => {
  if (typeof error !== 'object' || error === null) return {};
  const { status, code, requestId } = error as Readonly<Record<string, unknown>>;
  return {
    status: typeof status === 'number' ? status : undefined,
    code: typeof code === 'string' ? code : undefined,
    requestId: typeof requestId === 'string' ? requestId : undefined,
  };
};

/** The sentence for an error: by its code, else by its status, else that something unexpected happened. */
export function useErrorSentence(): (error: unknown) => string {
  const t = useT();
  const find = useFindMessage();
  return (error) => {
    const { code, status } = shownError(error);
    if (error instanceof TypeError && status === undefined) return t('errors:transport.network');
    if (error instanceof DOMException && error.name === 'TimeoutError') return t('errors:transport.timeout');
    return (
      (code === undefined
        ? undefined
        : (find(`errors:problem.${code}`) ?? find(`errors:transport.${code}`))) ??
      (status === undefined ? undefined : find(`errors:status.${status}`)) ??
      t('errors:transport.unexpected')
    );
  };
}

/** What happened, how to try again, and the reference that the assistance asks for. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const t = useT();
  const sentence = useErrorSentence();
  const { requestId } = shownError(error);
  return (
    <div className="rnoce-state" role="alert">
      <IconCloudOff className="rnoce-state-icon" aria-hidden />
      <p className="rnoce-state-text">{sentence(error)}</p>
      {onRetry ? (
        <Button
          variant="outline"
          leftSection={<IconRefresh className="rnoce-icon" aria-hidden />}
          onClick={onRetry}
        >
          {t('common:action.retry')}
        </Button>
      ) : null}
      {requestId === undefined ? null : (
        <p className="rnoce-state-reference">{t('errors:request-id', { id: requestId })}</p>
      )}
    </div>
  );
}

/** Grey shapes in place of what comes, after 200 ms: an answer that comes at once doesn't flicker. The room is taken from the start. */
export function LoadingState({ lines = 4 }: { lines?: number }) {
  const t = useT();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="rnoce-loading" aria-busy data-late={late || undefined}>
      <output className="rnoce-visually-hidden">{late ? t('common:loading') : ''}</output>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="rnoce-skeleton" />
      ))}
    </div>
  );
}
