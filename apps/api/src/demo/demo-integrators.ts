import type { Authority } from '@rnoce/schemas';

interface DemoIntegrator {
  /** What `npm start` calls it. */
  readonly role: string;
  readonly name: string;
  readonly email: string;
  /** Printed at each start, and in the guide: it protects nothing. */
  readonly key: string;
  readonly of:
    | { readonly kind: 'issuer'; readonly issuer: string }
    | { readonly kind: 'authority'; readonly authority: Authority }
    | { readonly kind: 'operator'; readonly subscriptionCode: string };
}

/** Programs that use the interface: an issuer's accountants, both authorities' own systems and an operator's. Invented, but for PORTNET. */
export const demoIntegrators: readonly DemoIntegrator[] = [
  {
    role: 'issuer',
    name: 'Comptabilité PORTNET',
    email: 'facturation@portnet.example',
    key: 'rnoce_demoPortnet1_jCmjKqXXKTzYvfcsbkyMqXsNaoBy7QrXtZmUvcQg',
    of: { kind: 'issuer', issuer: 'PORTNET' },
  },
  {
    role: 'customs',
    name: 'Système de la douane',
    email: 'si@douane.example',
    key: 'rnoce_demoDouane01_rFg5JFp9Y4wViRTXiv4KJEVSTBAs3b4LV9iQZDZR',
    of: { kind: 'authority', authority: 'customs' },
  },
  {
    role: 'portnet',
    name: 'Guichet unique PortNet',
    email: 'si@portnet.example',
    key: 'rnoce_demoGuichet1_DReI51Ro5GcL6jibkjQ9WTNTbSjY1KvVqcizf4DB',
    of: { kind: 'authority', authority: 'portnet' },
  },
  {
    role: 'operator',
    name: 'Gestion Primeurs du Haouz',
    email: 'informatique@primeurs-du-haouz.example',
    key: 'rnoce_demoOperato1_73to3j774qk0vLXtD7pq41SU7d9tjxDYKL6WKP4Z',
    of: { kind: 'operator', subscriptionCode: '1206' },
  },
];
