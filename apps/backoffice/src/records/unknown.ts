import { ApiError } from '@rnoce/api-client/api-error';
import type { UseQueryResult } from '@tanstack/react-query';

/** Whether what the address names isn't there, or isn't this agent's to see. */
export const isUnknown = ({ error }: Pick<UseQueryResult, 'error'>): boolean =>
  error instanceof ApiError && (error.status === 400 || error.status === 404);
