import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** A call as the proxy sees it. */
export interface ProxiedCall {
  readonly region: string;
  /** As the signature names it: `ec2`, `ssm` … */
  readonly service: string;
  readonly headers: IncomingMessage['headers'];
  readonly path: string;
  readonly body: string;
}

/** What the proxy does instead of passing a call on. */
export type Fault =
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly type?: string };

export interface FaultProxy {
  readonly endpoint: string;
  /** Null passes the call on. */
  setFault(fault: (call: ProxiedCall) => Fault | null): void;
  close(): Promise<void>;
}

const SCOPE = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\//;

/** Stands before an emulator of AWS and fails the calls that a test wants failed. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let faultOf: (call: ProxiedCall) => Fault | null = () => null;
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const [, region = '', service = ''] = SCOPE.exec(incoming.headers.authorization ?? '') ?? [];
    const { headers, url: path = '/' } = incoming;
    const fault = faultOf({ region, service, headers, path, body: body.toString('utf8') });
    if (fault === null) pass(target, incoming, outgoing, body);
    else if (fault.kind === 'reset') incoming.socket.destroy();
    else if (fault.kind === 'answer') {
      outgoing.writeHead(fault.status, { 'content-type': fault.type ?? 'application/x-amz-json-1.1' });
      outgoing.end(fault.body);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    setFault(fault) {
      faultOf = fault;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pass(target: string, incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer): void {
  const to = new URL(incoming.url ?? '/', target);
  const sent = request(to, { method: incoming.method, headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  sent.on('error', () => outgoing.destroy());
  sent.end(body);
}
