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

/** Writes a part into memory and tells its length; what has no place there is read and dropped, so that the sender gets the answer. */
async function readPart(part: MultipartFile, memory: Buffer): Promise<number> {
  let length = 0;
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    chunk.copy(memory, length);
    length += chunk.length;
  }
  return length;
}

/**
 * Receives the one file of a multipart form, field `file`, into `memory`, which holds at least `maxBytes`: the most that a file may have, inclusive.
 * Throws `unsupported_media_type`, `validation` without a file, `file_too_large`, and `malformed` for a form that is cut or senseless.
 */
export async function receiveFile(
  request: FastifyRequest,
  maxBytes: number,
  memory: Buffer,
): Promise<ReceivedFile> {
  if (!request.isMultipart()) throw new ProblemError('unsupported_media_type');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + formOverheadBytes)
    throw fileTooLarge(maxBytes);
  // One byte more than a file may have tells that it has too many.
  const limits = { fileSize: maxBytes + 1, files: 1, fields: 5, parts: 6, fieldSize: 1000, headerPairs: 20 };
  let part: MultipartFile | undefined;
  let length: number;
  try {
    part = await request.file({ limits, throwFileSizeLimit: false });
    if (!part) throw invalid([{ pointer: `/${fieldName}`, code: 'required' }]);
    length = await readPart(part, memory);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    // Whatever the parser meets is in the request: a cut body, a missing boundary, too many parts.
    throw new ProblemError('malformed', { cause: error });
  }
  if (part.fieldname !== fieldName) throw invalid([{ pointer: `/${fieldName}`, code: 'required' }]);
  if (part.file.truncated || length > maxBytes) throw fileTooLarge(maxBytes);
  return { bytes: memory.subarray(0, length), fileName: typedName(part.filename) };
}
