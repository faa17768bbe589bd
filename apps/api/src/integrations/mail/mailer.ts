export interface MailAttachment {
  /** ASCII. */
  fileName: string;
  mediaType: string;
  bytes: Uint8Array;
}

export interface OutgoingMail {
  /** One address, without a name. */
  to: string;
  subject: string;
  html: string;
  text: string;
  /** From `messageIdOf`: the same for every try of one e-mail. */
  messageId: string;
  headers?: Record<string, string>;
  attachments?: readonly MailAttachment[];
}

/** Sends e-mails. */
export interface Mailer {
  /** Hands one e-mail to the mail server. Throws `MailTransientError` (send again later) or `MailPermanentError` (for good). */
  send(mail: OutgoingMail): Promise<void>;
  /** Closes the connections; e-mails under way fail as transient. */
  close(): void;
}

/**
 * The mail server couldn't be reached, was too slow, or refused for now: to be sent again with the same Message-ID.
 * When time ran out after the text was sent, the e-mail may have been accepted; its Message-ID lets the recipient's side see the double.
 */
export class MailTransientError extends Error {
  readonly retryable = true;
  /** SMTP reply code, when there was a reply. */
  readonly responseCode: number | undefined;

  constructor(message: string, responseCode: number | undefined, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MailTransientError';
    this.responseCode = responseCode;
  }
}

/** The recipient or the message was refused for good: sending again changes nothing. */
export class MailPermanentError extends Error {
  readonly retryable = false;
  readonly responseCode: number | undefined;

  constructor(message: string, responseCode: number | undefined, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MailPermanentError';
    this.responseCode = responseCode;
  }
}

/** The Message-ID of an e-mail: made of its id and the sender's domain alone, so that a second sending can be recognised. Throws when either would break the header. */
export function messageIdOf(emailId: string, from: string): string {
  const domain = /@([a-z0-9.-]+)>?\s*$/i.exec(from)?.[1];
  if (!domain || !/^[\w.-]+$/.test(emailId)) throw new Error('No Message-ID can be made of this.');
  return `<${emailId}@${domain.toLowerCase()}>`;
}
