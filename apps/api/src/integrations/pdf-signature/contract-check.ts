import { createHash } from 'node:crypto';
import { describeSigner, findChain, KnownCertificate, maySignDocuments } from './certificates.ts';
import { type CmsFindings, type CmsMessage, readCms, timestampTokenOf, verifyCms } from './cms.ts';
import { coversText } from './covered-text.ts';
import { evidenceStore } from './evidence-store.ts';
import { IssuedDocument } from './issued-document.ts';
import { isName } from './pdf-objects.ts';
import { type Revision, readRevisions } from './pdf-revisions.ts';
import { type PdfDictionary, PdfString, type PdfValue, ReadingBudget } from './pdf-values.ts';
import { hasByteRange, lastCoveredByte } from './raw-signature.ts';
import { RevisionJudge, type SignatureForm } from './revision-judge.ts';
import { revocationOf } from './revocation.ts';
import {
  outcomeOf,
  SIGNATURE_LIMITS,
  type SignatureCoverage,
  SignatureFault,
  type SignatureReason,
  type SignatureVerdict,
  type TimestampReport,
} from './signature-verdict.ts';
import { checkTimestamp } from './timestamp.ts';

/** What is asked: the contract as issued, as it came back, whom to trust, and when. */
export interface SignedContractOrder {
  readonly issued: Uint8Array;
  readonly uploaded: Uint8Array;
  /** DER of the certificates of trusted roots: of signers and of time stamps. */
  readonly trustedRoots: readonly Uint8Array[];
  /** When the file was received: without a time stamp, the moment at which certificates must be in force. */
  readonly now: Date;
}

const DATA = '1.2.840.113549.1.7.1';
const SUB_FILTERS = ['adbe.pkcs7.detached', 'ETSI.CAdES.detached'];
/** Milliseconds by which a signer's clock may be ahead. */
const CLOCK_TOLERANCE = 24 * 3_600_000;

/** Places where signatures show. */
const MAX_VISIBLE = 4;

interface Findings {
  readonly reasons: Set<SignatureReason>;
  signer: KnownCertificate | undefined;
  signingTime: Date | undefined;
  timestamp: TimestampReport | undefined;
  revocation: SignatureVerdict['revocation'];
  coverage: SignatureCoverage | undefined;
}

/** Runs a part of the check; its fault becomes one of the reasons found. */
function collect<Result>(reasons: Set<SignatureReason>, part: () => Result): Result | undefined {
  try {
    return part();
  } catch (error) {
    if (error instanceof SignatureFault) reasons.add(error.reason);
    // Nesting that no limit caught.
    else if (error instanceof RangeError) reasons.add('too_complex');
    // The libraries throw errors of many kinds at what they can't read: never a reason to let a file pass.
    else reasons.add('cms_malformed');
    return undefined;
  }
}

function judgeRevisions(
  bytes: Buffer,
  issued: IssuedDocument,
  budget: ReadingBudget,
  reasons: Set<SignatureReason>,
): { revisions: readonly Revision[]; form: SignatureForm | undefined } {
  const revisions = collect(reasons, () => readRevisions(bytes, issued, budget)) ?? [];
  const pages = issued.pages();
  let form: SignatureForm | undefined;
  for (const revision of revisions) {
    form = collect(reasons, () => new RevisionJudge(revision).judge(pages));
    // What comes after a revision that isn't understood can't be compared with it.
    if (form === undefined) break;
    if (form.widgets.length > MAX_VISIBLE) reasons.add('unexpected_object');
    for (const widget of form.widgets.slice(0, MAX_VISIBLE)) {
      if (coversText(issued, new ReadingBudget(), widget)) reasons.add('covers_text');
    }
  }
  return { revisions, form };
}

/** The two parts of the file that the signature covers, when it covers what it must. */
function coveredParts(
  dictionary: PdfDictionary,
  inFile: boolean,
  bytes: Buffer,
  reasons: Set<SignatureReason>,
): { parts: readonly [Buffer, Buffer]; contents: PdfString } | undefined {
  const range = dictionary.get('ByteRange');
  const contents = dictionary.get('Contents');
  if (!(contents instanceof PdfString) || !contents.hexadecimal || !inFile) {
    reasons.add('contents_malformed');
    return undefined;
  }
  const numbers = Array.isArray(range) ? range.filter((part) => Number.isSafeInteger(part)) : [];
  const [start, gap, resume, length] = numbers as number[];
  if (
    !Array.isArray(range) ||
    range.length !== 4 ||
    start !== 0 ||
    gap === undefined ||
    resume === undefined ||
    length === undefined ||
    gap < 0 ||
    length < 0 ||
    resume < gap ||
    resume + length > bytes.length
  ) {
    reasons.add('byte_range_malformed');
    return undefined;
  }
  if (gap !== contents.start || resume !== contents.end) reasons.add('byte_range_gap');
  if (resume + length < bytes.length) reasons.add('bytes_after_signature');
  return { parts: [bytes.subarray(0, gap), bytes.subarray(resume, resume + length)], contents };
}

/** The message in `Contents`: one case of letters, then nothing but zeros. */
function readContents(bytes: Buffer, contents: PdfString): CmsMessage {
  const written = bytes.toString('latin1', contents.start + 1, contents.end - 1);
  if (!/^(?:[0-9a-f]{2})+$/.test(written) && !/^(?:[0-9A-F]{2})+$/.test(written)) {
    throw new SignatureFault('contents_malformed');
  }
  if (contents.bytes.length > SIGNATURE_LIMITS.cmsBytes) throw new SignatureFault('too_complex');
  const { message, length } = readCms(contents.bytes);
  if (contents.bytes.subarray(length).some((byte) => byte !== 0)) {
    throw new SignatureFault('contents_malformed');
  }
  return message;
}

/** A date as PDF writes it, `D:20261121093000+01'00'`; undefined when it isn't one. */
function dateOf(value: PdfValue | undefined): Date | undefined {
  if (!(value instanceof PdfString)) return undefined;
  const text = value.bytes.toString('latin1');
  const found = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z.*|([+-]\d{2})'?(\d{2})'?)?$/.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, zoneHours = '+00', zoneMinutes = '00'] = found;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zoneHours}:${zoneMinutes}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Judges who signed: the chain, its time, its revocations. */
function judgeSigner(
  now: Date,
  roots: readonly KnownCertificate[],
  message: CmsMessage,
  signed: CmsFindings,
  stored: ReturnType<typeof evidenceStore>,
  findings: Findings,
): void {
  const { reasons } = findings;
  const { signer } = signed;
  if (signer === undefined) return;
  const pool = [...message.certificates, ...stored.certificates];
  const token = timestampTokenOf(message);
  if (token !== undefined) {
    findings.timestamp = collect(reasons, () =>
      checkTimestamp(token, message.signerInfo.signature.valueBlock.valueHexView, pool, roots),
    );
  }
  const proven = findings.timestamp?.trusted === true;
  const at = proven && findings.timestamp !== undefined ? findings.timestamp.time : now;
  const time = { at, proven, now: now };
  const latest = now.getTime() + CLOCK_TOLERANCE;
  if ([findings.signingTime, proven ? at : undefined].some((moment) => (moment?.getTime() ?? 0) > latest)) {
    reasons.add('signing_time_in_future');
  }
  if (!maySignDocuments(signer)) reasons.add('wrong_key_usage');
  const chain = findChain(signer, pool, roots, at);
  if (!chain.trusted) reasons.add('chain_unknown');
  if (chain.weak) reasons.add('weak_algorithm');
  const moments = [at, ...(findings.signingTime === undefined ? [] : [findings.signingTime])];
  for (const [index, link] of chain.links.entries()) {
    for (const moment of index === 0 ? moments : [at]) {
      if (moment > link.validTo) reasons.add('expired_certificate');
      if (moment < link.validFrom) reasons.add('certificate_not_yet_valid');
    }
    const issuer = chain.links[index + 1];
    if (issuer === undefined) continue;
    const evidence = {
      lists: [...message.evidence.lists, ...stored.evidence.lists],
      answers: [...message.evidence.answers, ...stored.evidence.answers],
    };
    const status = revocationOf(link, issuer, evidence, time);
    if (status === 'revoked') reasons.add('revoked');
    if (index === 0) findings.revocation = status;
  }
}

function checkSignature(
  now: Date,
  roots: readonly KnownCertificate[],
  bytes: Buffer,
  revisions: readonly Revision[],
  form: SignatureForm,
  budget: ReadingBudget,
  findings: Findings,
): void {
  const { reasons } = findings;
  const [signature] = form.signatures;
  const last = revisions.at(-1);
  if (signature === undefined || last === undefined) {
    reasons.add('no_signature');
    return;
  }
  if (form.signatures.length > 1) reasons.add('several_signers');
  const { dictionary, inFile } = signature;
  if (!SUB_FILTERS.some((name) => isName(dictionary.get('SubFilter'), name))) {
    reasons.add('unsupported_format');
  }
  const covered = coveredParts(dictionary, inFile, bytes, reasons);
  if (covered === undefined) return;
  const { parts, contents } = covered;
  const coveredBytes = parts[0].length + parts[1].length;
  findings.coverage = {
    fileBytes: bytes.length,
    coveredBytes,
    wholeFile: !reasons.has('byte_range_gap') && !reasons.has('bytes_after_signature'),
    addedRevisions: revisions.length,
    visible: form.widgets.length > 0,
  };
  const message = collect(reasons, () => readContents(bytes, contents));
  if (message === undefined) return;
  if (message.content !== undefined) reasons.add('unsupported_format');
  const signed = verifyCms(message, DATA, (algorithm) =>
    createHash(algorithm).update(parts[0]).update(parts[1]).digest(),
  );
  for (const reason of signed.reasons) reasons.add(reason);
  findings.signer = signed.signer;
  findings.signingTime = signed.signingTime ?? dateOf(dictionary.get('M'));
  const stored = evidenceStore(last, budget);
  collect(reasons, () => judgeSigner(now, roots, message, signed, stored, findings));
}

/**
 * Judges a contract that came back, in the calling thread: for the workers, see `createSignatureChecker`.
 *
 * @throws when the issued document itself can't be read, or a trusted root isn't a certificate: faults of ours.
 */
export function judgeSignedContract(order: SignedContractOrder): SignatureVerdict {
  const bytes = Buffer.from(order.uploaded.buffer, order.uploaded.byteOffset, order.uploaded.byteLength);
  const issuedBytes = Buffer.from(order.issued.buffer, order.issued.byteOffset, order.issued.byteLength);
  const { now } = order;
  const roots = order.trustedRoots.map((der) => new KnownCertificate(der));
  const budget = new ReadingBudget();
  const findings: Findings = {
    reasons: new Set(),
    signer: undefined,
    signingTime: undefined,
    timestamp: undefined,
    revocation: 'unknown',
    coverage: undefined,
  };
  const { reasons } = findings;
  const isPrefix = bytes.subarray(0, issuedBytes.length).equals(issuedBytes);
  if (bytes.length > SIGNATURE_LIMITS.fileBytes) {
    reasons.add('too_complex');
  } else if (!isPrefix) {
    reasons.add(hasByteRange(bytes) ? 'not_first_revision' : 'no_signature');
  } else if (bytes.length === issuedBytes.length) {
    reasons.add('no_signature');
  } else {
    // Its own budget: the issued document can be read whatever came back.
    const issued = new IssuedDocument(issuedBytes, new ReadingBudget());
    const { revisions, form } = judgeRevisions(bytes, issued, budget, reasons);
    if (form !== undefined) {
      collect(reasons, () => checkSignature(now, roots, bytes, revisions, form, budget, findings));
    }
    if (form === undefined && !hasByteRange(bytes)) reasons.clear();
    if (form === undefined && reasons.size === 0) reasons.add('no_signature');
    const end = lastCoveredByte(bytes);
    if (end !== undefined && end < bytes.length) reasons.add('bytes_after_signature');
  }
  const { signer } = findings;
  return {
    outcome: outcomeOf(reasons),
    reasons: [...reasons].toSorted(),
    signer: signer === undefined ? undefined : describeSigner(signer),
    signingTime: findings.signingTime,
    timestamp: findings.timestamp,
    revocation: findings.revocation,
    coverage: findings.coverage,
  };
}
