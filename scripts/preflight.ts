import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../lib/core/model/app-error.ts';
import type { Environment } from '../lib/wiring/environment.ts';

/** A web server whose supervisor was killed a moment ago is still on its way out. */
const PORT_SECONDS_MAX = 7;

/** What can be known to be wrong before anything is started. Each failure is one sentence. */
export async function preflight(environment: Environment): Promise<void> {
  checkFeeds(environment.feeds);
  if (environment.role !== 'worker') await checkPort(environment.port, environment.host);
}

function checkFeeds(feeds: string | null): void {
  if (feeds === null || /^https?:/.test(feeds)) return;
  if (existsSync(feeds) && statSync(feeds).isDirectory()) return;
  throw new AppError(
    'invalid-input',
    `HARRIER_FEEDS must be a directory that exists or an address but there is no directory ${feeds}; for example HARRIER_FEEDS=/srv/feeds.`,
  );
}

async function checkPort(port: number, host: string): Promise<void> {
  const deadline = Date.now() + PORT_SECONDS_MAX * 1000;
  for (;;) {
    const code = await tryListen(port, host);
    if (code === null) return;
    if (code !== 'EADDRINUSE') throw portFault(port, host, code);
    if (Date.now() > deadline) throw portFault(port, host, code);
    await sleep(300);
  }
}

function portFault(port: number, host: string, code: string): AppError {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program listens there already',
    EACCES: 'this account may not listen there',
    EADDRNOTAVAIL: 'this machine does not have that address',
    ENOTFOUND: 'that host name does not exist',
  };
  return new AppError(
    'unavailable',
    `Port ${port} on ${host} cannot be used (${reasons[code] ?? code}): end that program, or set PORT to another number, for example PORT=${port === 65_535 ? 3000 : port + 1}.`,
  );
}

function tryListen(port: number, host: string): Promise<string | null> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => settle(null)));
  });
}
