import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { isLocalHost } from '../../local-host.ts';
import { type Mailer, MailPermanentError, MailTransientError } from './mailer.ts';

export interface SmtpMailerOptions {
  /** `smtp://` or `smtps://`, with user and password when the server asks for them. */
  url: string;
  /** Sender, as in `RNOCE <no-reply@rnoce.example>`. */
  from: string;
  /** Time allowed to one e-mail, connection included, in milliseconds. */
  timeoutMs?: number;
  maxConnections?: number;
}

/** What nodemailer writes on the errors it throws. */
const SmtpFailure = z
  .object({
    code: z.string().optional(),
    responseCode: z.number().optional(),
    command: z.string().optional(),
    permanent: z.boolean().optional(),
  })
  .catch({});
type SmtpFailure = z.infer<typeof SmtpFailure>;

/**
 * Whether this e-mail can never go through. A server that refuses us (connection, sign-in, sender) refuses every e-mail alike: that is
 * a setting to repair, and e-mails must wait for it.
 */
const isPermanent = ({ code, command, permanent, responseCode }: SmtpFailure): boolean => {
  if (code === 'EENVELOPE' && responseCode === undefined) return true;
  return permanent === true && (code === 'EENVELOPE' || code === 'EMESSAGE') && command !== 'MAIL FROM';
};

/** A pooled SMTP client. User, password, and all that leaves this machine, go over TLS or not at all: e-mails carry links that open accounts. */
export function createSmtpMailer(options: SmtpMailerOptions): Mailer {
  const { url, from, timeoutMs = 10_000, maxConnections = 3 } = options;
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const transport = createTransport(
    {
      pool: true,
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: port === '' ? (secure ? 465 : 587) : Number(port),
      secure,
      requireTLS: !secure && (username !== '' || !isLocalHost(hostname)),
      ...(username !== '' && {
        auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      }),
      maxConnections,
      maxRequeues: 1,
      idleTimeout: 30_000,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );

  return {
    async send({ to, subject, html, text, messageId, headers, attachments = [] }) {
      try {
        await transport.sendMail({
          // As an object, so that a comma in it can't become a second recipient.
          to: { name: '', address: to },
          subject,
          html,
          text,
          messageId,
          attachments: attachments.map(({ fileName, mediaType, bytes }) => ({
            filename: fileName,
            contentType: mediaType,
            content: Buffer.from(bytes),
          })),
          headers: { 'Auto-Submitted': 'auto-generated', ...headers },
          signal: AbortSignal.timeout(timeoutMs),
        });
      } catch (error) {
        const failure = SmtpFailure.parse(error);
        const { code = 'unknown', responseCode } = failure;
        const message = `The mail server ${isPermanent(failure) ? 'refused' : 'did not take'} the e-mail: ${code}`;
        throw isPermanent(failure)
          ? new MailPermanentError(message, responseCode, { cause: error })
          : new MailTransientError(message, responseCode, { cause: error });
      }
    },
    close() {
      transport.close({ force: true });
    },
  };
}
