import { createHash } from 'node:crypto';
import { TSTInfo } from 'pkijs';
import { findChain, type KnownCertificate, mayStampTime, nameOf } from './certificates.ts';
import { readCms, verifyCms } from './cms.ts';
import { digestName } from './signature-algorithms.ts';
import { SignatureFault, type TimestampReport } from './signature-verdict.ts';

const TIMESTAMP_CONTENT = '1.2.840.113549.1.9.16.1.4';

/**
 * Verifies a time stamp token (RFC 3161) over the value of a signature. It is trusted when a root vouches for its
 * authority, which may do nothing but stamp, with nothing weak on the way.
 *
 * @throws SignatureFault `timestamp_invalid` when it isn't a sound token of that value.
 */
export function checkTimestamp(
  token: Uint8Array,
  signature: Uint8Array,
  pool: readonly KnownCertificate[],
  roots: readonly KnownCertificate[],
): TimestampReport {
  try {
    return check(token, signature, pool, roots);
  } catch (error) {
    throw error instanceof SignatureFault && error.reason === 'too_complex'
      ? error
      : new SignatureFault('timestamp_invalid');
  }
}

function check(
  token: Uint8Array,
  signature: Uint8Array,
  pool: readonly KnownCertificate[],
  roots: readonly KnownCertificate[],
): TimestampReport {
  const { message } = readCms(token);
  const { content } = message;
  if (content === undefined) throw new SignatureFault('timestamp_invalid');
  const findings = verifyCms(message, TIMESTAMP_CONTENT, (algorithm) =>
    createHash(algorithm).update(content).digest(),
  );
  const { signer } = findings;
  const weak = findings.reasons.includes('weak_algorithm');
  if (signer === undefined || findings.reasons.some((reason) => reason !== 'weak_algorithm')) {
    throw new SignatureFault('timestamp_invalid');
  }
  const info = TSTInfo.fromBER(new Uint8Array(content));
  const algorithm = digestName(info.messageImprint.hashAlgorithm.algorithmId);
  const stamped = Buffer.from(info.messageImprint.hashedMessage.getValue());
  if (!stamped.equals(createHash(algorithm).update(signature).digest())) {
    throw new SignatureFault('timestamp_invalid');
  }
  const chain = findChain(signer, [...message.certificates, ...pool], roots, info.genTime);
  const inForce = chain.links.every((link) => link.isValidAt(info.genTime));
  return {
    time: info.genTime,
    authority: nameOf(signer.parsed.subject),
    trusted: chain.trusted && inForce && mayStampTime(signer) && !weak && !chain.weak && algorithm !== 'sha1',
  };
}
