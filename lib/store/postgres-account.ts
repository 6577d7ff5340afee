import { spawnSync } from 'node:child_process';
import { chmodSync, lchownSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../core/model/app-error.ts';

/** The id that Linux and macOS images give to "nobody" unless their passwd file says otherwise. */
const NOBODY = 65_534;

/** Under which account the database binaries run. PostgreSQL refuses to run as root. */
export interface PostgresAccount {
  /** Put in front of every command line. */
  readonly prefix: readonly string[];
  readonly spawnAs: { readonly uid?: number; readonly gid?: number };
  /** The id that must own the data directory, as the file system outside sees it; null where ids do not exist. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

let chosen: PostgresAccount | null = null;

/**
 * Chooses once. An ordinary user runs the server as itself. Root runs it in a user namespace, where root's own files
 * belong to "nobody" and nothing changes hands; where the system forbids that (a strict container), as "nobody".
 */
export function postgresAccount(): PostgresAccount {
  chosen ??= choose();
  return chosen;
}

function choose(): PostgresAccount {
  if (process.getuid === undefined || process.getgid === undefined) return { prefix: [], spawnAs: {}, owner: null };
  const own = { uid: process.getuid(), gid: process.getgid() };
  if (own.uid !== 0) return { prefix: [], spawnAs: {}, owner: own };
  const prefix = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  const probe = spawnSync('unshare', [...prefix.slice(1), 'true'], { stdio: 'ignore', timeout: 5000 });
  if (probe.status === 0) return { prefix, spawnAs: {}, owner: own };
  return asNobody();
}

function asNobody(): PostgresAccount {
  const line = readPasswd().find((fields) => fields[0] === 'nobody');
  const uid = Number(line?.[2]);
  const gid = Number(line?.[3]);
  if (!Number.isInteger(uid) || !Number.isInteger(gid) || uid === 0) {
    throw new AppError(
      'unavailable',
      'PostgreSQL does not run as root and there is no account "nobody" to run it as: start Harrier as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  return { prefix: [], spawnAs: { uid, gid }, owner: { uid, gid } };
}

function readPasswd(): string[][] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'));
  } catch {
    return [];
  }
}

/** Gives the tree to the account and lets the account pass through its parent folder. Does nothing when it fits. */
export function handOver(path: string, account: PostgresAccount): void {
  const { owner } = account;
  if (owner === null || process.getuid?.() !== 0) return;
  if (owner.uid !== 0) for (const folder of [dirname(path), dirname(dirname(path))]) letThrough(folder);
  if (lstatSync(path).uid === owner.uid) return;
  for (const entry of [path, ...treeOf(path)]) lchownSync(entry, owner.uid, owner.gid);
}

function letThrough(folder: string): void {
  const mode = lstatSync(folder).mode & 0o777;
  if ((mode & 0o011) !== 0o011) chmodSync(folder, mode | 0o011);
}

function treeOf(path: string): string[] {
  if (!lstatSync(path).isDirectory()) return [];
  return readdirSync(path, { recursive: true }).map((name) => join(path, name.toString()));
}
