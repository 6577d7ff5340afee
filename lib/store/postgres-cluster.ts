import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../core/model/app-error.ts';
import { handOver, postgresAccount } from './postgres-account.ts';
import { postgresBinaries } from './postgres-binaries.ts';

/** Written inside the data directory when it is whole; a directory without it was never finished. */
const MARKER = 'harrier-complete';

export interface PostgresCluster {
  /** PostgreSQL's own data directory. */
  readonly data: string;
  readonly password: string;
  /** Where an unfinished data directory was put, when there was one. */
  readonly movedAside: string | null;
}

/** The data directory and its password, made when they are not there yet. `durable` false skips flushing to disk. */
export function prepareCluster(directory: string, durable: boolean): PostgresCluster {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const data = join(directory, 'data');
  const making = join(directory, 'data.making');
  const movedAside = [making, data].map(setAsideUnfinished).find((place) => place !== null) ?? null;
  const passwordFile = join(directory, 'password');
  // A whole directory under the working name was interrupted between the last two steps of its making.
  if (!existsSync(data) && existsSync(making)) renameSync(making, data);
  if (existsSync(data)) {
    checkMajor(data);
    checkPassword(passwordFile, directory);
  } else {
    if (!existsSync(passwordFile)) {
      writeFileSync(passwordFile, randomBytes(32).toString('base64url'), { mode: 0o600 });
    }
    make(making, passwordFile, durable);
    renameSync(making, data);
  }
  handOver(data, postgresAccount());
  return { data, password: readFileSync(passwordFile, 'utf8').trim(), movedAside };
}

/**
 * Only a directory that never finished is moved. A server leaves postmaster.opts at its first start, so that file
 * proves a finished one even where our marker was lost, for example in a restored backup.
 */
function setAsideUnfinished(path: string): string | null {
  if (!existsSync(path)) return null;
  const names = readdirSync(path);
  if (names.includes(MARKER) || names.includes('postmaster.opts')) return null;
  if (names.length === 0) {
    rmSync(path, { recursive: true });
    return null;
  }
  const aside = `${path}.unfinished-${Date.now()}`;
  renameSync(path, aside);
  return aside;
}

function checkMajor(data: string): void {
  const { major } = postgresBinaries();
  const found = readVersion(data);
  if (found === major) return;
  if (found === null) {
    throw new AppError(
      'unavailable',
      `The database in ${data} is damaged: its PG_VERSION file is gone; restore the folder from a backup, or move it away to begin anew.`,
    );
  }
  throw new AppError(
    'unavailable',
    `The database in ${data} was made by PostgreSQL ${found} and this Harrier brings PostgreSQL ${major}: go back to the Harrier that made it, or set DATABASE_URL to a server that holds its data.`,
  );
}

function readVersion(data: string): number | null {
  try {
    const version = Number.parseInt(readFileSync(join(data, 'PG_VERSION'), 'utf8'), 10);
    return Number.isNaN(version) ? null : version;
  } catch {
    return null;
  }
}

function checkPassword(file: string, directory: string): void {
  if (existsSync(file) && statSync(file).size > 0) return;
  throw new AppError(
    'unavailable',
    `The password of the embedded database is gone: restore ${file} from the backup of ${directory}, or move that folder away to begin anew.`,
  );
}

function make(path: string, passwordFile: string, durable: boolean): void {
  const account = postgresAccount();
  mkdirSync(path, { mode: 0o700 });
  // initdb reads the password under the account of the server, which cannot open the kept file.
  const handedFile = `${passwordFile}.initdb`;
  writeFileSync(handedFile, readFileSync(passwordFile), { mode: 0o600 });
  try {
    handOver(path, account);
    handOver(handedFile, account);
    runInitdb(path, handedFile, durable);
  } finally {
    rmSync(handedFile, { force: true });
  }
  const marker = join(path, MARKER);
  writeFileSync(marker, `${new Date().toISOString()}\n`);
  chmodSync(marker, 0o644);
}

function runInitdb(path: string, passwordFile: string, durable: boolean): void {
  const { prefix, spawnAs } = postgresAccount();
  // C.UTF-8 exists in PostgreSQL itself since version 17, so no locale of the system is asked for.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['-U', 'harrier', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  const command = [...prefix, postgresBinaries().initdb, '-D', path, ...locale, ...access];
  if (!durable) command.push('--no-sync');
  const [program = '', ...args] = command;
  const run = spawnSync(program, args, { ...spawnAs, encoding: 'utf8', env: postgresEnvironment() });
  if (run.status === 0) return;
  const said = `${run.error?.message ?? ''}\n${run.stdout ?? ''}\n${run.stderr ?? ''}`.split('\n');
  const line = said.findLast((text) => /error|fatal|could not|cannot|no space/i.test(text)) ?? 'initdb said nothing';
  throw new AppError('unavailable', `The embedded database could not be made in ${path}: ${line.trim()}.`);
}

/** The server gets nothing of our environment but what finds programs and temporary files: PG* would mislead it. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const programs = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return { NODE_ENV: 'production', LC_ALL: 'C', TZ: 'UTC', PATH: programs };
}
