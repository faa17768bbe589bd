/** The browsers in which somebody is signed in, operator or agent. */
export const openSessions = {
  items: [
    {
      id: '01995b1c-9a10-7d21-8c44-0f1e2d3c4b15',
      current: true,
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0',
      createdAt: '2023-09-11T12:02:11.000Z',
      lastUsedAt: '2023-09-11T12:12:11.000Z',
    },
    {
      id: '01995b0a-17b4-7e90-a1d3-6b5a4c3d2e16',
      current: false,
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1',
      createdAt: '2023-09-11T11:40:02.000Z',
      lastUsedAt: '2023-09-11T11:58:30.000Z',
    },
  ],
};
