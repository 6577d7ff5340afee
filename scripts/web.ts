// The web server of a built console: the files of the build as they were compressed once, the pages and routes through Next.js.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { staticFiles } from './static-files.ts';

const STOP_SECONDS_MAX = 10;
/** Longer than proxies keep a connection that waits (60 s is usual): who closes first must not be the one that is about to be asked. */
const KEEP_ALIVE_SECONDS = 75;
const dir = fileURLToPath(new URL('..', import.meta.url));
const hostname = process.env.HARRIER_HOST ?? '127.0.0.1';
const port = Number(process.env.PORT);

const app = next({ dev: false, dir, hostname, port });
await app.prepare();
const handle = app.getRequestHandler();
const files = staticFiles(join(dir, '.next', 'static'));

const server = createServer((request, response) => {
  files(request, response, () => void handle(request, response));
});
server.keepAliveTimeout = KEEP_ALIVE_SECONDS * 1_000;
server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
server.listen(port, hostname);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    // Answers that are under way are let go to their end; connections that only wait are not.
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), STOP_SECONDS_MAX * 1_000).unref();
  });
}
