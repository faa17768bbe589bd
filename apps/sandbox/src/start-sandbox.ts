import { createSandbox, type SandboxOptions } from './app.ts';

export interface StartSandboxOptions extends SandboxOptions {
  /** 0, the default, takes a free port. */
  httpPort?: number;
  /** 0, the default, takes a free port. */
  smtpPort?: number;
}

export interface RunningSandbox {
  /** Where its pages and its control interface are, without a slash at the end. */
  url: string;
  /** What `BADR_URL` is to be. */
  badrUrl: string;
  /** What `SMTP_URL` is to be. */
  smtpUrl: string;
  stop: () => Promise<void>;
}

/** Starts the sandbox on 127.0.0.1; for its own process and for tests. Throws when a port is taken. */
export async function startSandbox(options: StartSandboxOptions): Promise<RunningSandbox> {
  const { app, smtp } = await createSandbox(options);
  const stop = async () => {
    await Promise.all([app.close(), smtp.close()]);
  };
  try {
    const url = await app.listen({ host: '127.0.0.1', port: options.httpPort ?? 0 });
    const smtpPort = await smtp.listen(options.smtpPort ?? 0);
    return { url, badrUrl: `${url}/badr`, smtpUrl: `smtp://127.0.0.1:${smtpPort}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
