import { lookup } from 'node:dns';
import { Agent as HttpAgent, type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { reasonOf } from '../../http/reason-of.ts';
import { isPassing, PassingError, retryAfter } from '../../http/retrying.ts';
import { bare, isLoopbackAddress, isMetadataAddress } from './network-address.ts';

/** An address that is not asked, whatever names it. */
export class RefusedAddressError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefusedAddressError';
  }
}

export interface SendOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly silenceMilliseconds: number;
  /** False where a stranger named the address: this machine is then none of their business. */
  readonly mayBeLoopback: boolean;
  /** Sent as a form by POST. */
  readonly form?: string;
}

/** Connections to registries, kept open between requests. Node's `fetch` cannot be told which addresses are out of bounds. */
export interface Connections {
  /** One request: no redirect is followed. Throws PassingError, RefusedAddressError, or what TLS has to say. */
  send(url: URL, options: SendOptions): Promise<IncomingMessage>;
  close(): void;
}

const CONNECTIONS_MAX = 8;
/** The rest of an answer that nobody wants is read up to here, so that its connection can be used again. */
const LEFTOVER_BYTES_MAX = 64 * 1024;

export function openConnections(): Connections {
  const settings = { keepAlive: true, maxSockets: CONNECTIONS_MAX };
  const http = new HttpAgent(settings);
  const https = new HttpsAgent(settings);
  return {
    async send(url, options) {
      const host = bare(url.hostname);
      if (isIP(host) !== 0) {
        checkAddress(host, options.mayBeLoopback);
      }
      return respond(url, url.protocol === 'https:' ? https : http, options);
    },
    close() {
      http.destroy();
      https.destroy();
    },
  };
}

/** Lets an answer go. */
export function discard(response: IncomingMessage): void {
  response.on('error', () => undefined);
  if (Number(response.headers['content-length'] ?? Number.NaN) <= LEFTOVER_BYTES_MAX) {
    response.resume();
  } else {
    response.destroy();
  }
}

/** Throws PassingError where a server says that another try may go better. */
export function throwIfPassing(response: IncomingMessage): void {
  const status = response.statusCode ?? 0;
  if (isPassing(status)) {
    discard(response);
    throw new PassingError(`it answered ${status}`, retryAfter(response.headers['retry-after'] ?? null));
  }
}

function respond(
  url: URL,
  agent: HttpAgent | HttpsAgent,
  { headers, signal, silenceMilliseconds, mayBeLoopback, form }: SendOptions,
): Promise<IncomingMessage> {
  const options: RequestOptions = {
    agent,
    signal,
    method: form === undefined ? 'GET' : 'POST',
    headers: {
      'accept-encoding': 'identity',
      'user-agent': 'harrier (container images)',
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    lookup: checkedLookup(mayBeLoopback),
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    const timer = setTimeout(() => request.destroy(silent(silenceMilliseconds)), silenceMilliseconds);
    request.once('response', (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    request.once('error', (error) => {
      clearTimeout(timer);
      reject(signal.aborted || !isOfNetwork(error) ? error : new PassingError(reasonOf(error)));
    });
    request.end(form);
  });
}

export function silent(milliseconds: number): PassingError {
  return new PassingError(`it sent nothing for ${Math.round(milliseconds / 1000)} seconds`);
}

/** What another try may cure. Certificates that do not fit and addresses that are refused are no chance events. */
function isOfNetwork(error: NodeJS.ErrnoException): boolean {
  const code = error.code ?? '';
  return /^(?:ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|HPE_)/.test(code);
}

/** Looks at the address that a name stands for, at the moment of connecting, so that no name can lead elsewhere later. */
function checkedLookup(mayBeLoopback: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      try {
        for (const { address } of addresses) checkAddress(address, mayBeLoopback);
      } catch (refused) {
        callback(refused as Error, '', 0);
        return;
      }
      const [first] = addresses;
      if (options.all) {
        callback(null, addresses);
      } else {
        callback(null, first?.address ?? '', first?.family ?? 0);
      }
    });
  };
}

function checkAddress(address: string, mayBeLoopback: boolean): void {
  if (isMetadataAddress(address)) {
    throw new RefusedAddressError('its address is link-local, where clouds keep credentials and no images');
  }
  if (!mayBeLoopback && isLoopbackAddress(address)) {
    throw new RefusedAddressError('its address is this machine, which a registry elsewhere has no say in');
  }
}
