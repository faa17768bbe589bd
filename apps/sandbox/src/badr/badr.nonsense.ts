import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { NonsenseVariant } from './badr-faults.ts';
import { fixtures } from './fixtures.ts';

const giantChunk = Buffer.alloc(64 * 1024, 0x20);
const giantChunks = 128;

/** A body of 8 MB, in pieces and without a length, so that only counting stops it. */
function* giantBody(): Generator<Buffer> {
  yield Buffer.from('{"ice":"');
  for (let sent = 0; sent < giantChunks; sent += 1) yield giantChunk;
  yield Buffer.from('"}');
}

const errorPage = '<!doctype html><title>BADR</title><h1>Maintenance en cours</h1>';
const json = 'application/json; charset=utf-8';
const answer = (reply: FastifyReply, status: number, type: string, body: string | Buffer) =>
  reply.code(status).header('content-type', type).send(body);

/** Answers nonsense of one kind. */
export const nonsense: Record<NonsenseVariant, (reply: FastifyReply) => FastifyReply> = {
  html: (reply) => answer(reply, 200, 'text/html; charset=utf-8', errorPage),
  html_404: (reply) => answer(reply, 404, 'text/html; charset=utf-8', errorPage),
  bare_404: (reply) => answer(reply, 404, json, '{"message":"Route not found"}'),
  wrong_types: (reply) =>
    answer(
      reply,
      200,
      json,
      JSON.stringify({ ...fixtures.atlasNegoce, ice: 9_900_001, managers: 'aucun', startDate: null }),
    ),
  wrong_company: (reply) => answer(reply, 200, json, JSON.stringify(fixtures.importChaouia)),
  truncated: (reply) => answer(reply, 200, json, JSON.stringify(fixtures.atlasNegoce).slice(0, 200)),
  cut_midway: (reply) => {
    void reply.hijack();
    reply.raw.writeHead(200, { 'content-type': json, 'content-length': '4000' });
    reply.raw.write('{"ice":"0099', () => reply.raw.socket?.destroy());
    return reply;
  },
  empty: (reply) => answer(reply, 200, json, ''),
  not_utf8: (reply) => answer(reply, 200, json, Buffer.from('{"legalName":"Soci\u00e9t\u00e9"}', 'latin1')),
  wrong_type_header: (reply) => answer(reply, 200, 'text/plain', JSON.stringify(fixtures.atlasNegoce)),
  redirect: (reply) => reply.redirect('/badr/health', 302),
  // Hijacked: a body that is still being sent doesn't count as an answer, and the order would be carried out too.
  giant: (reply) => {
    void reply.hijack();
    reply.raw.writeHead(200, { 'content-type': json });
    Readable.from(giantBody()).pipe(reply.raw);
    return reply;
  },
};
