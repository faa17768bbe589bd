import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { callbackify } from 'node:util';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import type { InboxFault } from './inbox-faults.ts';
import { readMail } from './mail.ts';
import type { MailStore } from './mail-store.ts';

const maxBytes = 25 * 1024 * 1024;

export interface SmtpInbox {
  /** Listens on 127.0.0.1; 0 takes a free port. Resolves with the port. */
  listen(port: number): Promise<number>;
  close(): Promise<void>;
}

export interface SmtpInboxOptions {
  store: MailStore;
  faults: FaultSwitch<InboxFault>;
  newId: () => string;
  now: () => Date;
}

class SmtpRefusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * An SMTP server that keeps every mail and sends none on. Recipients are judged one by one (refused, slow); « down » for everyone
 * destroys connections before the greeting, « down » for one recipient destroys the connection that names it.
 */
export function createSmtpInbox({ store, faults, newId, now }: SmtpInboxOptions): SmtpInbox {
  const sockets = new Set<Socket>();
  const stopped = new AbortController();
  const socketOf = (session: { remotePort: number }) =>
    [...sockets].find((socket) => socket.remotePort === session.remotePort);

  const server = new SMTPServer({
    name: 'bac-a-sable',
    banner: 'bac a sable',
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    size: maxBytes,
    closeTimeout: 200,
    onRcptTo(address, session, callback) {
      const fault = faults.take(address.address.toLowerCase());
      switch (fault.mode) {
        case 'accept':
          callback();
          return;
        case 'tempfail':
          callback(new SmtpRefusal(451, 'Boite indisponible pour le moment (bac a sable)'));
          return;
        case 'permfail':
          callback(new SmtpRefusal(550, 'Boite inconnue (bac a sable)'));
          return;
        case 'slow':
          callbackify(() => sleep(fault.delayMs, undefined, { signal: stopped.signal }))((error) =>
            callback(error && new SmtpRefusal(421, 'Arret')),
          );
          return;
        case 'down':
          socketOf(session)?.destroy();
      }
    },
    onData(stream, session, callback) {
      const keep = async () => {
        const raw = await readAll(stream);
        if (stream.sizeExceeded) throw new SmtpRefusal(552, 'Message trop gros');
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map((recipient) => recipient.address);
        await store.add(
          await readMail({ raw, from: mailFrom ? mailFrom.address : '', to, id: newId(), at: now() }),
        );
      };
      callbackify(keep)((error) => callback(error));
    },
  });
  // A connection that a client drops in the middle is its own affair.
  server.on('error', () => undefined);
  server.server.prependListener('connection', (socket: Socket) => {
    if (faults.everyone.mode === 'down') {
      faults.take(undefined);
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  return {
    listen(port) {
      return new Promise((resolve, reject) => {
        const listening = server.listen(port, '127.0.0.1', () =>
          resolve((listening.address() as AddressInfo).port),
        );
        listening.once('error', reject);
      });
    },
    close() {
      stopped.abort();
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
