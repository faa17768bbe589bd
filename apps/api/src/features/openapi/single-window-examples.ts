const account = {
  firstName: 'Ilyas',
  lastName: 'Zeroual',
  email: 'i.zeroual@negoce-du-souss.example',
  status: 'opened',
  at: '2023-09-12T10:02:00.000Z',
  login: 'i.zeroual',
  refusal: null,
  tries: 0,
};

/** What PortNet's validation adds to a dossier: one account is open, the other is asked for again. */
export const validatedByPortnet = {
  authority: 'portnet',
  status: 'validated',
  holder: null,
  verdict: { accepted: [], reasons: [] },
  singleWindowAccounts: [
    account,
    {
      ...account,
      firstName: 'Hind',
      email: 'h.zeroual@negoce-du-souss.example',
      status: 'queued',
      at: '2023-09-12T11:30:00.000Z',
      login: null,
    },
  ],
  subscriptionCode: 'K7R2',
};
