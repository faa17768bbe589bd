import type { RouteExample } from './openapi-examples.ts';

const params = { id: '01995b21-0a7d-7b52-8f6e-2c9d4e3a7b11' };
const sha256 = '7e7c5f4d5a467110ad3b59ba12d0b6329b83f51b08705a9041b7d146b193c60b';

const issued = {
  number: 'CT-2026-0000000042',
  version: 1,
  state: 'in_force',
  issuedAt: '2026-11-22T10:00:00.000Z',
  sha256,
  sizeBytes: 76_001,
  signed: null,
};

const signed = {
  file: {
    id: '01995b2a-91c4-7d0f-8a35-7e6b5c4d3f21',
    document: 'contract',
    version: 1,
    fileName: 'contrat-CT-2026-0000000042-v1-signe.pdf',
    mediaType: 'application/pdf',
    sizeBytes: 92_418,
    sha256: '580d196a379c095d34a136a7ada9aeffe57297875def5328fd9810de63161862',
    pages: 2,
    scan: 'clean',
    uploadedAt: '2026-11-22T10:12:40.000Z',
    verdict: null,
  },
  way: 'electronic',
  contractVersion: 1,
  current: true,
  findings: {
    outcome: 'valid_untrusted',
    reasons: ['chain_unknown'],
    signer: {
      commonName: 'Samira El Idrissi',
      organisation: 'Négoce du Souss SARL',
      country: 'MA',
      issuer: { commonName: 'Autorité inconnue', organisation: null, country: 'MA' },
      validFrom: '2026-01-01T00:00:00.000Z',
      validTo: '2029-01-01T00:00:00.000Z',
    },
    signingTime: '2026-11-22T10:11:58.000Z',
    timestamp: null,
    revocation: 'unknown',
    checkedAt: '2026-11-22T10:12:40.000Z',
  },
};

/** Of the routes about contracts. */
export const contractExamples = {
  issueContract: { params, response: issued },
  getContract: { params, query: { disposition: 'attachment' } },
  putSignedContract: { params, query: { way: 'electronic' }, response: { ...issued, signed } },
  getFilingContract: {
    params: { id: '01995b21-0a80-7e11-9b7c-6d1f0e2c4a12' },
    query: { disposition: 'inline' },
  },
  checkContract: {
    params: { code: '7QKD-0M4X-9R2B-VZ8N-1HTE-5SCA-3JWG' },
    response: {
      number: issued.number,
      version: 1,
      state: 'in_force',
      legalName: 'Négoce du Souss SARL',
      ice: '001234567000089',
      issuedAt: issued.issuedAt,
      sha256,
    },
  },
} as const satisfies Record<string, RouteExample>;
