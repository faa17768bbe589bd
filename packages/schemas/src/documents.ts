import { z } from 'zod';
import { bytes, noContent, route } from './contract.ts';
import { type Authority, type EntityType, type OperatorType, operatorTypeRules } from './operator-types.ts';
import { DocumentVersionId, Instant, SubscriptionId } from './primitives.ts';

const MiB = 1024 * 1024;
const pdf = { mediaTypes: ['application/pdf'], maxBytes: 3 * MiB, required: true } as const;

interface DocumentRule {
  readonly mediaTypes: readonly string[];
  /** Largest file, in bytes, inclusive. */
  readonly maxBytes: number;
  readonly required: boolean;
  readonly entityType?: EntityType;
  /** Asked by this authority alone; the others never see it. */
  readonly authority?: Authority;
  /** Given at another step than « Documents »; `operation`: asked only by an operation on a customs account. */
  readonly step?: 'contract' | 'operation';
  /** Asked only of the operator types that name it in their rules. */
  readonly byOperatorType?: boolean;
}

/** The documents of a subscription, in the order of the form (guide, étape 2; spec/registration.md, Documents). */
export const documentRules = {
  identity: pdf,
  operator_category: pdf,
  articles: { ...pdf, entityType: 'legal_person' },
  trade_register: pdf,
  power_of_attorney: pdf,
  business_tax: pdf,
  ice: pdf,
  rib_certificate: { ...pdf, byOperatorType: true },
  tax_id: pdf,
  ministry_authorisation: { ...pdf, byOperatorType: true },
  exchange_office_authorisation: { ...pdf, byOperatorType: true },
  /** « Contrat signé »: its own routes take it, because it is compared with the contract that was issued. */
  contract: { ...pdf, authority: 'portnet', step: 'contract' },
  /** « Décision de changement de dénomination délivrée par l'ADII ». */
  name_change_decision: { ...pdf, step: 'operation' },
  /** « Jugement définitif du tribunal ou publication sur le Bulletin officiel ». */
  liquidation_evidence: { ...pdf, step: 'operation' },
  /** « Demande manuscrite de restauration par le gérant ». */
  restoration_request: { ...pdf, step: 'operation' },
  /** « PV de l'assemblée générale ». */
  minutes: { ...pdf, step: 'operation' },
  logo: { mediaTypes: ['image/png', 'image/jpeg', 'image/webp'], maxBytes: MiB, required: false },
} as const satisfies Record<string, DocumentRule>;

export type DocumentName = keyof typeof documentRules;
export const documentNames = Object.keys(documentRules) as [DocumentName, ...DocumentName[]];
export const DocumentName = z.enum(documentNames);

/** What the documents of a form depend on. An entity type not chosen yet asks for those of a legal person. */
export interface DocumentContext {
  readonly operatorType: OperatorType;
  readonly authorities: readonly Authority[];
  readonly entityType: EntityType | undefined;
}

/** Whether the form has this document; one that it must not have is refused by the API. */
export function documentBelongs(
  document: DocumentName,
  { operatorType, authorities, entityType }: DocumentContext,
): boolean {
  const rule: DocumentRule = documentRules[document];
  if (rule.step === 'operation') return false;
  if (rule.authority && !authorities.includes(rule.authority)) return false;
  if (rule.byOperatorType)
    return (operatorTypeRules[operatorType].documents as readonly string[]).includes(document);
  return rule.entityType === undefined || rule.entityType === (entityType ?? 'legal_person');
}

/** The one authority that asks for a document; undefined: each does. */
export const documentAuthority = (document: DocumentName): Authority | undefined =>
  (documentRules[document] as DocumentRule).authority;

/** Given by `putDocument`, at the step « Documents ». */
export const isPlainDocument = (document: DocumentName): boolean =>
  (documentRules[document] as DocumentRule).step === undefined;

/** The documents of a form, in order. */
export const documentsOf = (context: DocumentContext): DocumentName[] =>
  documentNames.filter((document) => documentBelongs(document, context));

/** Why a file is refused. Each code has a sentence in the catalogues: `errors:file.<code>`. */
export const fileRefusals = [
  'empty',
  'too_large',
  'not_pdf',
  'not_image',
  'unreadable',
  'encrypted',
  'script',
  'launch_action',
  'embedded_file',
  'too_complex',
  'infected',
] as const;
export const FileRefusal = z.enum(fileRefusals);
export type FileRefusal = z.infer<typeof FileRefusal>;

/** `quarantined`: the antivirus is configured but could not answer; the file is never shown as clean before it did. */
export const scanStates = ['not_scanned', 'clean', 'quarantined', 'infected'] as const;
export const ScanState = z.enum(scanStates);
export type ScanState = z.infer<typeof ScanState>;

/** One version of a document: kept for ever, with who, when, its hash, and the verdict on it. */
export const DocumentVersion = z.object({
  id: DocumentVersionId,
  document: DocumentName,
  version: z.int(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
  pages: z.int().nullable(),
  scan: ScanState,
  uploadedAt: Instant,
  /** The agent's word on this version: null before any. */
  verdict: z.enum(['accepted', 'refused']).nullable(),
});
export type DocumentVersion = z.infer<typeof DocumentVersion>;

const documentParams = z.strictObject({ id: SubscriptionId, document: DocumentName });

export const putDocument = route({
  name: 'putDocument',
  tag: 'documents',
  method: 'PUT',
  path: '/subscriptions/:id/documents/:document',
  access: ['operator'],
  summary: 'Upload a document, or replace it; the earlier version is kept until the new one is accepted',
  params: documentParams,
  upload: { mediaTypes: ['application/pdf', 'image/png', 'image/jpeg', 'image/webp'], maxBytes: 3 * MiB },
  responses: { 200: DocumentVersion },
  problems: [
    'subscription_not_editable',
    'document_forbidden',
    'file_refused',
    'file_too_large',
    'inspection_busy',
    'storage_unavailable',
  ],
  rateLimit: { max: 600, windowSeconds: 600 },
});

export const getDocument = route({
  name: 'getDocument',
  tag: 'documents',
  method: 'GET',
  path: '/subscriptions/:id/documents/:document',
  access: ['operator'],
  summary: 'The current version of a document',
  params: documentParams,
  query: z.strictObject({ disposition: z.enum(['inline', 'attachment']).default('attachment') }),
  responses: { 200: bytes('application/pdf', 'image/png', 'image/jpeg', 'image/webp') },
  problems: ['document_quarantined', 'storage_unavailable'],
});

export const deleteDocument = route({
  name: 'deleteDocument',
  tag: 'documents',
  method: 'DELETE',
  path: '/subscriptions/:id/documents/:document',
  access: ['operator'],
  summary: 'Take a document out of a draft; `PUT …/restoration` undoes it',
  params: documentParams,
  responses: { 204: noContent },
  problems: ['subscription_not_editable'],
});

export const restoreDocument = route({
  name: 'restoreDocument',
  tag: 'documents',
  method: 'PUT',
  path: '/subscriptions/:id/documents/:document/restoration',
  access: ['operator'],
  summary: 'Undo the removal of a document: its last version is current again',
  params: documentParams,
  responses: { 200: DocumentVersion },
  problems: ['subscription_not_editable', 'document_forbidden'],
});
