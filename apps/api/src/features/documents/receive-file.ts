import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { invalid, ProblemError } from '../../plugins/problems.ts';
import { fileTooLarge } from './documents.errors.ts';

export interface ReceivedFile {
  readonly bytes: Buffer;
  /** As the sender names it; empty when it has no name. */
  readonly fileName: string;
}

const fieldName = 'file';
/** What a form may weigh beside its file: boundaries, headers, a few fields. */
const formOverheadBytes = 64 * 1024;

/** Browsers write the quotes and line ends of a name as these three escapes, and nothing else (HTML standard, multipart/form-data). */
const typedName = (sent: string): string => sent.replaceAll('%22', '"').replaceAll(/%0[AD]/g, '');

/** The bytes of a part, of which no more than the limit is kept; what comes after is read and dropped, so that the sender gets the answer. */
async function readPart(part: MultipartFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of part.file) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * Receives the one file of a multipart form, field `file`, into memory: at most `maxBytes`, inclusive, and one byte more to know better.
 * Throws `unsupported_media_type`, `validation` without a file, `file_too_large`, and `malformed` for a form that is cut or senseless.
 */
export async function receiveFile(request: FastifyRequest, maxBytes: number): Promise<ReceivedFile> {
  if (!request.isMultipart()) throw new ProblemError('unsupported_media_type');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + formOverheadBytes)
    throw fileTooLarge(maxBytes);
  const limits = { fileSize: maxBytes + 1, files: 1, fields: 5, parts: 6, fieldSize: 1000, headerPairs: 20 };
  let part: MultipartFile | undefined;
  let bytes: Buffer;
  try {
    part = await request.file({ limits, throwFileSizeLimit: false });
    if (!part) throw invalid([{ pointer: `/${fieldName}`, code: 'required' }]);
    bytes = await readPart(part);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    // Whatever the parser meets is in the request: a cut body, a missing boundary, too many parts.
    throw new ProblemError('malformed', { cause: error });
  }
  if (part.fieldname !== fieldName) throw invalid([{ pointer: `/${fieldName}`, code: 'required' }]);
  if (part.file.truncated || bytes.length > maxBytes) throw fileTooLarge(maxBytes);
  return { bytes, fileName: typedName(part.filename) };
}
