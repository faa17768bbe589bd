import { describe, expect, it } from 'vitest';
import { news, situation } from '../../testing/news.ts';
import { judgeNews } from './judge-news.ts';

describe('a capture that we asked for', () => {
  const asked = situation({ order: 'paid', attempt: 'capture_requested', invoices: 'ours', settles: true });
  it.each(['refused', 'none', 'expired', 'cancelled'] as const)(
    'of which the gateway, asked, says %s is shown to a person at once',
    (says) => {
      for (const source of ['inquiry', 'capture'] as const)
        expect(judgeNews(asked, news(says, { source }))).toEqual({
          attempt: [],
          order: [],
          answer: 'acknowledge',
          anomaly: 'gap_state',
        });
      expect(judgeNews(asked, news(says, { source: 'callback' })).anomaly).toBeUndefined();
    },
  );
  it('and that is under way is waited for', () => {
    expect(judgeNews(asked, news('pending')).anomaly).toBeUndefined();
  });
});
