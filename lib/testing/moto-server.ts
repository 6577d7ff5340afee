import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { programPath } from './peer-programs.ts';

const SERVER = fileURLToPath(new URL('moto/server.py', import.meta.url));
/** Where scripts/find-peers.mjs installs moto when the system has none. */
const OWN_PYTHON = fileURLToPath(new URL('../../node_modules/.cache/moto/bin/python3', import.meta.url));
const START_MS_MAX = 60_000;

/** Software of an instance as SSM tells it; an instance names it in its tag `test:software`. */
export interface TestSoftware {
  readonly name: string;
  readonly version: string;
  readonly type?: 'Linux' | 'Windows';
  /** When its inventory association last ran; epoch seconds. */
  readonly at: number;
  /** ISO. */
  readonly captured: string;
  readonly types: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}

export interface MotoFixture {
  readonly software: Readonly<Record<string, TestSoftware>>;
  /** Where layers of images lie. */
  readonly registry?: string;
  /** Clusters of EKS by name: where their Kubernetes answers, and who signed its certificate (PEM in base64). */
  readonly clusters?: Readonly<Record<string, { readonly endpoint: string; readonly authority: string }>>;
}

export interface MotoServer {
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** A Python that has moto; null where none is there. */
export function pythonWithMoto(): string | null {
  const found = [OWN_PYTHON, 'python3'].find(
    (python) =>
      (python === 'python3' || existsSync(python)) &&
      spawnSync(python, ['-c', 'import moto.server, flask'], { stdio: 'ignore' }).status === 0,
  );
  return found ?? null;
}

export interface AwsPeers<N extends string> {
  readonly python: string;
  /** Paths of programs by name. */
  readonly programs: Readonly<Record<N, string>>;
}

/** moto and programs that a file of tests needs; null where one is absent, which under CI is a failure. */
export function awsPeers<const N extends string>(names: readonly N[]): AwsPeers<N> | null {
  const python = pythonWithMoto();
  const found = names.map((name) => [name, programPath(name)] as const);
  const missing = [...found.filter(([, path]) => path === null).map(([name]) => name), ...(python ? [] : ['moto'])];
  if (python !== null && missing.length === 0)
    return { python, programs: Object.fromEntries(found) as Record<N, string> };
  if (process.env.CI === 'true') {
    throw new Error(`${missing.join(', ')} not here: "npm test" installs what it needs where apt-get and pip work`);
  }
  return null;
}

/** A program that came with the packages of that Python; null where it did not. */
export function pythonTool(python: string, name: string): string | null {
  const { stdout } = spawnSync(python, ['-c', 'import sysconfig; print(sysconfig.get_path("scripts"))'], {
    encoding: 'utf8',
  });
  const path = join(stdout.trim(), name);
  if (existsSync(path)) return path;
  if (process.env.CI === 'true') throw new Error(`${name} is not here: "npm test" installs it beside moto`);
  return null;
}

/** Starts moto on this machine with what it lacks added; `folder` keeps the fixture. */
export async function startMoto(python: string, folder: string, fixture: MotoFixture): Promise<MotoServer> {
  const port = await freePort();
  const path = join(folder, 'moto.json');
  writeFileSync(path, JSON.stringify(fixture));
  const child = spawn(python, [SERVER, String(port), path], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MOTO_EC2_LOAD_DEFAULT_AMIS: 'false' },
  });
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    errors.push(chunk.toString('utf8'));
    if (errors.length > 50) errors.shift();
  });
  const ended = once(child, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  for (const started = Date.now(); !(await answers(endpoint)); await sleep(100)) {
    if (child.exitCode !== null || Date.now() - started > START_MS_MAX) {
      child.kill('SIGKILL');
      throw new Error(`moto did not start: ${errors.join('').slice(-2_000)}`);
    }
  }
  return {
    endpoint,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function answers(endpoint: string): Promise<boolean> {
  return fetch(`${endpoint}/moto-api/data.json`).then(
    async (response) => {
      await response.body?.cancel();
      return response.ok;
    },
    () => false,
  );
}

/** Points the SDK of this process at moto, with credentials of nobody unless given, and never at the machine's own metadata. */
export function pointSdkAt(
  { endpoint }: Pick<MotoServer, 'endpoint'>,
  key: { readonly id: string; readonly secret: string } = { id: 'AKIAHARRIER', secret: 'harrier' },
): void {
  for (const name of ['AWS_PROFILE', 'AWS_CONFIG_FILE', 'AWS_SESSION_TOKEN']) delete process.env[name];
  process.env.AWS_ENDPOINT_URL = endpoint;
  process.env.AWS_ACCESS_KEY_ID = key.id;
  process.env.AWS_SECRET_ACCESS_KEY = key.secret;
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
}
