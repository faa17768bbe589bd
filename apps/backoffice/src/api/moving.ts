import { keepPreviousData } from '@tanstack/react-query';

/** How often what others do, agents, payers, gateways, programs, is asked, in milliseconds. */
const freshEvery = 30_000;

/** What others may change while it is looked at. */
export const fresh = { refetchInterval: freshEvery, refetchOnWindowFocus: 'always' } as const;

/** A list that moves while it is looked at; the page before stays in view while the next one comes. */
export const moving = { ...fresh, placeholderData: keepPreviousData } as const;
