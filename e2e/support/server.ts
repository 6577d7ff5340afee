import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningServer {
  readonly url: string;
  /** The one-time link that makes the first sign-in. */
  readonly setUpLink: string;
  readonly dataDirectory: string;
  /** Ends the processes, and keeps what they know. */
  halt(): Promise<void>;
  /** Starts them again at the same address. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

const READY_SECONDS_MAX = 120;

/** Starts the product as `npm start` does after its build, on a data directory of its own that is thrown away. */
export async function startServer(env: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'harrier-e2e-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const feeds = existsSync('../shared/data/osv') ? { HARRIER_FEEDS: '../shared/data' } : {};
  const serve = () =>
    spawn(process.execPath, ['scripts/serve.ts'], {
      env: {
        ...withoutDatabase(process.env),
        ...feeds,
        PORT: String(port),
        HARRIER_DATA: dataDirectory,
        HARRIER_LOG_LEVEL: 'warn',
        NODE_ENV: 'production',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  let child = serve();
  const setUpLink = await readyLine(child, collect(child));
  return {
    url,
    setUpLink,
    dataDirectory,
    halt: () => ended(child, 'SIGTERM'),
    async resume() {
      child = serve();
      collect(child);
      await healthy(url);
    },
    async stop() {
      await ended(child, 'SIGTERM');
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function healthy(url: string): Promise<void> {
  const deadline = Date.now() + READY_SECONDS_MAX * 1000;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/api/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Harrier did not come back');
}

/** The journeys bring their own database, whatever the surroundings use. */
function withoutDatabase(env: NodeJS.ProcessEnv): Partial<NodeJS.ProcessEnv> {
  const { DATABASE_URL: _database, HARRIER_URL: _url, HARRIER_ROLE: _role, ...rest } = env;
  return rest;
}

function collect(child: ChildProcess): { text: string } {
  const output = { text: '' };
  const keep = (chunk: string) => {
    output.text += chunk;
  };
  child.stdout?.setEncoding('utf8').on('data', keep);
  child.stderr?.setEncoding('utf8').on('data', keep);
  return output;
}

async function readyLine(child: ChildProcess, output: { text: string }): Promise<string> {
  const deadline = Date.now() + READY_SECONDS_MAX * 1000;
  while (Date.now() < deadline) {
    const link = /^\s*(http\S+\/setup\?code=\S+)$/m.exec(output.text)?.[1];
    if (link !== undefined) return link;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await ended(child, 'SIGKILL');
  throw new Error(`Harrier did not start:\n${output.text}`);
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
