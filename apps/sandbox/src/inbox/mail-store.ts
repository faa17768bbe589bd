import { appendFile, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Mail } from './mail.ts';

export interface MailFilter {
  /** A recipient's whole address, in any case. */
  to?: string | undefined;
  /** Part of the subject, in any case. */
  subject?: string | undefined;
  /** Received at that instant or later. */
  since?: Date | undefined;
}

/** A killed process may leave its last line unfinished: such a mail was never acknowledged, and is dropped. */
function parseLine(line: string): Mail | undefined {
  try {
    return Mail.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Mails, the last ones, whose attachments can be opened: all of them would fill the memory. */
const openable = 100;

/** The mails received, the last `limit` of them, one JSON line each on disk. */
export class MailStore {
  readonly #path: string;
  readonly #limit: number;
  /** Oldest first. */
  #mails: Mail[] = [];
  #linesOnDisk = 0;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, limit: number) {
    this.#path = path;
    this.#limit = limit;
  }

  static async open(path: string, limit = 2_000): Promise<MailStore> {
    const store = new MailStore(path, limit);
    await mkdir(dirname(path), { recursive: true });
    const content = await readFile(path, 'utf8').catch(() => '');
    store.#mails = content
      .split('\n')
      .map(parseLine)
      .filter((mail) => mail !== undefined)
      .slice(-limit);
    for (const mail of store.#mails.slice(0, -openable)) store.#forgetAttachments(mail);
    await store.#rewrite();
    return store;
  }

  /** Keeps a mail; resolves once it is on disk. */
  add(mail: Mail): Promise<void> {
    return this.#inTurn(async () => {
      this.#mails = [...this.#mails, mail].slice(-this.#limit);
      this.#forgetAttachments(this.#mails.at(-1 - openable));
      if (this.#linesOnDisk >= this.#limit * 2) {
        await this.#rewrite();
        return;
      }
      await appendFile(this.#path, `${JSON.stringify(mail)}\n`);
      this.#linesOnDisk += 1;
    });
  }

  clear(): Promise<void> {
    return this.#inTurn(async () => {
      this.#mails = [];
      await this.#rewrite();
    });
  }

  /** Newest first. */
  list(filter: MailFilter = {}): Mail[] {
    const to = filter.to?.trim().toLowerCase();
    const subject = filter.subject?.trim().toLowerCase();
    const since = filter.since?.toISOString();
    return this.#mails
      .filter(
        (mail) =>
          (!to || mail.to.some((recipient) => recipient.toLowerCase() === to)) &&
          (!subject || mail.subject.toLowerCase().includes(subject)) &&
          (since === undefined || mail.date >= since),
      )
      .toReversed();
  }

  find(id: string): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  #forgetAttachments(mail: Mail | undefined): void {
    for (const attachment of mail?.attachments ?? []) attachment.content = null;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#writing.catch(() => undefined).then(work);
    this.#writing = turn;
    return turn;
  }

  async #rewrite(): Promise<void> {
    const temporary = `${this.#path}.new`;
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(this.#mails.map((mail) => `${JSON.stringify(mail)}\n`).join(''));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, this.#path);
    this.#linesOnDisk = this.#mails.length;
  }
}
