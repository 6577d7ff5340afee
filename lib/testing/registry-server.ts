import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Takes a request out of the registry's hands by returning true. `count` is how often its path was asked for before. */
export type Interference = (request: IncomingMessage, response: ServerResponse, count: number) => boolean;

export interface RegistryServer {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly requests: readonly IncomingMessage[];
  interfere: Interference;
  close(): void;
}

interface Listed {
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A registry that serves the images of an OCI layout under any name, over plain http, for tests. */
export async function startRegistryServer(layout: string): Promise<RegistryServer> {
  const requests: IncomingMessage[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    requests.push(request);
    const url = request.url ?? '';
    const count = counts.get(url) ?? 0;
    counts.set(url, count + 1);
    if (!registry.interfere(request, response, count)) {
      serve(layout, request, response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const registry: RegistryServer = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    interfere: () => false,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return registry;
}

export function blobOf(layout: string, digest: string): Buffer {
  return readFileSync(join(layout, 'blobs', digest.replace(':', '/')));
}

function serve(layout: string, request: IncomingMessage, response: ServerResponse): void {
  const [, kind = '', asked = ''] = /^\/v2\/.+\/(manifests|blobs)\/([^/?]+)$/.exec(request.url ?? '') ?? [];
  const digest = asked.startsWith('sha256:') ? asked : digestOfTag(layout, asked);
  if (kind === '' || digest === null || !existsSync(join(layout, 'blobs', digest.replace(':', '/')))) {
    response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    return;
  }
  const bytes = blobOf(layout, digest);
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  response.setHeader('docker-content-digest', digest);
  if (start > 0) {
    response.setHeader('content-range', `bytes ${start}-${bytes.length - 1}/${bytes.length}`);
  }
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': bytes.length - start });
  response.end(bytes.subarray(start));
}

function digestOfTag(layout: string, tag: string): string | null {
  const index = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')) as {
    readonly manifests: readonly Listed[];
  };
  const named = index.manifests.find(({ annotations }) => annotations?.['org.opencontainers.image.ref.name'] === tag);
  return named?.digest ?? null;
}
