import { Button, Title } from '@mantine/core';
import type { MessageParams } from '@rnoce/i18n';
import { IconCloudOff, IconInbox, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
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
interface ShownError {
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly params?: MessageParams | undefined;
}

function shownError(error: unknown): ShownError {
  if (typeof error !== 'object' || error === null) return {};
  const { code, requestId, problem } = error as Readonly<Record<string, unknown>>;
  const params =
    typeof problem === 'object' && problem !== null && 'params' in problem ? problem.params : undefined;
  return {
    code: typeof code === 'string' ? code : undefined,
    requestId: typeof requestId === 'string' ? requestId : undefined,
    params: params as MessageParams | undefined,
  };
}

/** The sentence for an error, by its code: a problem of the API, a failure of the transport, else something unexpected. */
export function useErrorSentence(): (error: unknown) => string {
  const t = useT();
  const find = useFindMessage();
  return useCallback(
    (error) => {
      const { code, params } = shownError(error);
      return (
        (code === undefined
          ? undefined
          : (find(`errors:problem.${code}.detail`, params) ?? find(`errors:transport.${code}`))) ??
        t('errors:transport.unexpected')
      );
    },
    [t, find],
  );
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
