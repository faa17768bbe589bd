import type { RouteExample } from './openapi-examples.ts';

const params = { id: '01995b21-0a7d-7b52-8f6e-2c9d4e3a7b11' };

/** The progress of a joint form that lacks its signed contract. */
const progress = {
  steps: [
    { step: 'company', state: 'done', issues: 0 },
    { step: 'managers', state: 'done', issues: 0 },
    { step: 'legalRepresentative', state: 'done', issues: 0 },
    { step: 'documents', state: 'done', issues: 0 },
    { step: 'singleWindowUsers', state: 'current', issues: 0 },
    { step: 'contacts', state: 'done', issues: 0 },
    { step: 'bankAccount', state: 'done', issues: 0 },
    { step: 'contract', state: 'todo', issues: 1 },
    { step: 'review', state: 'todo', issues: 0 },
  ],
  issues: [{ pointer: '/documents/contract', code: 'contract_outdated' }],
  warnings: [],
};
const response = { version: 12, savedAt: '2023-09-11T10:48:00.000Z', progress };

/** Of the routes that save what PortNet alone asks. */
export const sectionExamples = {
  saveLegalRepresentative: { params, body: { manager: 'gerant-1' }, response },
  saveSingleWindowUsers: {
    params,
    body: [
      {
        key: 'utilisateur-1',
        lastName: 'Zeroual',
        firstName: 'Ilyas',
        email: 'i.zeroual@negoce-du-souss.example',
        cin: 'AE180358',
        idAddress: 'Agadir',
        idExpiresOn: '2031-08-23',
      },
    ],
    response,
  },
  saveContacts: {
    params,
    body: [
      {
        key: 'contact-1',
        lastName: 'Benali',
        firstName: 'Samira',
        email: 's.benali@negoce-du-souss.example',
        department: 'administrative',
      },
    ],
    response,
  },
  saveBankAccount: {
    params,
    body: { bank: '007', rib: '007780000200011234567893', branchAddress: 'Avenue Hassan II, Agadir' },
    response,
  },
} as const satisfies Readonly<Record<string, RouteExample>>;
