import { type LookupAddress, Resolver } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Finds the addresses of a name. */
export type ResolveHost = (
  host: string,
  done: (error: Error | null, found: readonly LookupAddress[]) => void,
) => void;

/** A try at a name server, in milliseconds; the second one may take twice as long. */
const tryMs = 3000;
const tries = 2;

/**
 * Asks the name servers themselves, by default the machine's as they are now. `getaddrinfo`, which `dns.lookup` and sockets use, holds one of
 * the process's four threads until it has its answer: a few names whose servers are silent would hold up every other name, file and job of the
 * process for as long. What `/etc/hosts` says isn't heard: those names aren't the Internet's.
 */
export const resolveHostBy =
  (servers?: readonly string[]): ResolveHost =>
  (host, done) => {
    const resolver = new Resolver({ timeout: tryMs, tries });
    if (servers) resolver.setServers(servers);
    const found: LookupAddress[] = [];
    const faults: Error[] = [];
    let waiting = 2;
    const hear =
      (family: 4 | 6) =>
      (fault: Error | null, addresses: string[] = []): void => {
        if (fault) faults.push(fault);
        found.push(...addresses.map((address) => ({ address, family })));
        waiting -= 1;
        if (waiting > 0) return;
        // One family is enough, and the other's absence no failure.
        if (found.length > 0)
          done(
            null,
            found.toSorted((one, other) => one.family - other.family),
          );
        else done(faults[0] ?? new Error('the name has no address'), []);
      };
    resolver.resolve4(host, hear(4));
    resolver.resolve6(host, hear(6));
  };

/** A connection was refused because of where it led. */
export class AddressRefused extends Error {
  constructor() {
    super('the address is not public');
    this.name = 'AddressRefused';
  }
}

/** The only range of IPv6 that is given out to the Internet (IANA, « Internet Protocol Version 6 Address Space »). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address is one of the public Internet. An IPv4 address inside an IPv6 one (mapped) is judged as what it is; those that hide an
 * IPv4 address (NAT64, 6to4, Teredo) are refused whole.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast);
}

/** The host of a URL as an address, without an IPv6 address's brackets; undefined when it is a name. */
export function literalAddress({ hostname }: URL): string | undefined {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) === 0 ? undefined : address;
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * The `lookup` of a socket: the name is resolved and judged for this very connection, so that a name which changes between a check and the
 * call (DNS rebinding) leads nowhere. Only public addresses are handed on.
 */
export const publicLookup =
  (resolve: ResolveHost) =>
  (host: string, { all }: { all?: boolean | undefined }, done: LookupCallback): void => {
    resolve(host, (error, found) => {
      const allowed = found.filter(({ address }) => isPublicAddress(address));
      const [first] = allowed;
      if (error) done(error, '');
      else if (!first) done(new AddressRefused(), '');
      else if (all) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };
