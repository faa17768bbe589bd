const loopback = /^(?:127(?:\.\d{1,3}){3}|\[::1\])$/;
/** `localhost`, and what a name server outside doesn't know: a container beside ours. */
const oneWord = /^[a-z][a-z0-9_-]*$/i;

/**
 * Whether a host, as `URL.hostname` writes it, is this machine or a container of its own network: what goes there may go in clear. An address
 * of a local network isn't one, since its wires and switches are others'.
 */
export const isLocalHost = (hostname: string): boolean => loopback.test(hostname) || oneWord.test(hostname);
