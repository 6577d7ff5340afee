import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

export interface RealRegistry {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  stop(): Promise<void>;
}

const START_MILLISECONDS_MAX = 15_000;

/** Starts the registry of the distribution project on this machine, with its content below the directory. */
export async function startRealRegistry(
  program: string,
  directory: string,
  /** How it asks who one is, as its configuration says; null for a registry that is open to all. */
  auth: Readonly<Record<string, unknown>> | null,
): Promise<RealRegistry> {
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  mkdirSync(directory, { recursive: true });
  const config = {
    version: 0.1,
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(directory, 'content') } },
    http: { addr: host },
    ...(auth === null ? {} : { auth }),
  };
  const path = join(directory, 'config.json');
  // JSON is YAML.
  writeFileSync(path, JSON.stringify(config));
  const child = spawn(program, ['serve', path], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  for (const started = Date.now(); !(await answers(host)); await sleep(50)) {
    if (child.exitCode !== null || Date.now() - started > START_MILLISECONDS_MAX) {
      child.kill('SIGKILL');
      throw new Error(`${program} did not start`);
    }
  }
  return {
    host,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function answers(host: string): Promise<boolean> {
  return fetch(`http://${host}/v2/`).then(
    (response) => response.body?.cancel().then(() => true) ?? true,
    () => false,
  );
}
