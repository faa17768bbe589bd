import { connect } from 'node:net';
import type { ServiceStatus } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';

type Service = ServiceStatus['services'][number]['service'];
type Probe = () => Promise<boolean>;

/** How long an answer is believed, and how long one probe may take, in milliseconds. */
const believedMs = 30_000;
const probeMs = 2500;

/** Whether the mail server greets (RFC 5321, reply 220), or, over TLS, whether it accepts the connection. */
export function probeSmtp(url: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const secure = protocol === 'smtps:';
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    timeout: probeMs,
  });
  const end = (up: boolean) => {
    resolve(up);
    socket.destroy();
  };
  socket
    .once('connect', () => {
      if (secure) end(true);
    })
    .once('data', (greeting) => end(greeting.toString('latin1').startsWith('220')))
    .once('timeout', () => end(false))
    .once('error', () => end(false))
    .once('close', () => end(false));
  return promise;
}

/** What is asked whether it is up, by what this installation uses. */
export const probesOf = ({
  environment,
  badr,
  singleWindow,
  storage,
  antivirus,
}: Pick<Deps, 'environment' | 'badr' | 'singleWindow' | 'storage' | 'antivirus'>): Partial<
  Record<Service, Probe>
> => ({
  customs: () => badr.health(),
  ...(singleWindow ? { single_window: () => singleWindow.health() } : {}),
  mail: () => probeSmtp(environment.SMTP_URL),
  storage: async () => (await storage.healthy()).ok,
  ...(antivirus.enabled ? { antivirus: () => antivirus.healthy() } : {}),
});

export interface ServiceStatusReader {
  /** The states of the outside services, at most 30 s old. Never throws. */
  read: () => Promise<ServiceStatus>;
  /** The same for a page that can't wait: `unknown` for what isn't answered within the milliseconds given. */
  readWithin: (ms: number) => Promise<ServiceStatus>;
}

/** Asks each service at most every 30 s, however many read the answer. */
export function createServiceStatus(
  probes: Partial<Record<Service, Probe>>,
  now: () => Date,
): ServiceStatusReader {
  const entries = Object.entries(probes) as [Service, Probe][];
  let last: { status: ServiceStatus; at: number } | undefined;
  let running: Promise<ServiceStatus> | undefined;

  const ask = async (): Promise<ServiceStatus> => {
    const services = await Promise.all(
      entries.map(async ([service, probe]) => {
        const up = await withLimit(
          probe().catch(() => false),
          false,
          probeMs,
        );
        return { service, state: up ? ('up' as const) : ('down' as const) };
      }),
    );
    const status = { services, checkedAt: now().toISOString() };
    last = { status, at: now().getTime() };
    return status;
  };
  const read = async (): Promise<ServiceStatus> => {
    if (last && now().getTime() - last.at < believedMs) return last.status;
    running ??= ask().finally(() => {
      running = undefined;
    });
    return await running;
  };
  return {
    read,
    readWithin: (ms) =>
      withLimit(
        read(),
        last?.status ?? {
          services: entries.map(([service]) => ({ service, state: 'unknown' as const })),
          checkedAt: null,
        },
        ms,
      ),
  };
}

/** The answer of `work`, or `otherwise` once the time is over. */
async function withLimit<T>(work: Promise<T>, otherwise: T, ms: number): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(otherwise), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
