import type { RouteExample } from './openapi-examples.ts';

/** What anybody may read before signing in. */
export const configurationExamples = {
  getConfiguration: {
    response: {
      locales: ['fr', 'ar', 'en'],
      password: { minLength: 4 },
      captcha: 'altcha',
      openAuthorities: ['customs', 'portnet'],
      assistance: { phone: '05 20 47 31 00', url: 'http://reclamation.portnet.ma/' },
      cndpAuthorisation: 'A-GC-318/2016',
      antivirus: true,
      payment: {
        methods: [
          { method: 'cmi', channels: ['card', 'fatourati'] },
          { method: 'amanpay', channels: ['card', 'tashilat', 'direct_debit'] },
        ],
      },
    },
  },
  getCaptcha: {
    response: {
      parameters: {
        algorithm: 'PBKDF2/SHA-256',
        cost: 1000,
        expiresAt: 1_694_427_000,
        keyLength: 32,
        keyPrefix: '5f1c0a9be2d84437a6c01e7b92f3d850',
        keySignature: '0b7c5f0a4d3e2c1b9a8f7e6d5c4b3a291817161514131211100f0e0d0c0b0a09',
        nonce: '3b1f0a7c5d9e8264af013c7be5d2984f',
        salt: 'c4a0192e7b6d5f3881e0fa27b9d3c654',
      },
      signature: 'd2c1b0a99f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a392817060f1e',
    },
  },
  getServiceStatus: {
    response: {
      services: [
        { service: 'customs', state: 'up' },
        { service: 'mail', state: 'up' },
        { service: 'storage', state: 'up' },
      ],
      checkedAt: '2023-09-11T10:40:00.000Z',
    },
  },
  getReferenceList: {
    params: { list: 'rc-centres' },
    response: { items: [{ code: '81', label: 'CASABLANCA' }] },
  },
} satisfies Record<string, RouteExample>;
