import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { AppError } from '../core/model/app-error.ts';

/** 150000 is PostgreSQL 15. */
const SERVER_VERSION_MIN = 150_000;
/** A database that starts beside us, as under compose, is given this long. */
const STARTING_SECONDS_MAX = 5;

/** Makes sure that a database can be used. Throws one sentence that names host, user and database, never a password. */
export async function checkDatabase(url: string, waitSeconds = STARTING_SECONDS_MAX): Promise<void> {
  const deadline = Date.now() + waitSeconds * 1000;
  for (;;) {
    try {
      await tryOnce(url);
      return;
    } catch (error) {
      const code = codeOf(error);
      const mayComeUp = code === '57P03' || code === 'ECONNREFUSED';
      if (error instanceof AppError || !mayComeUp || Date.now() > deadline) throw explain(url, error, code);
    }
    await sleep(500);
  }
}

async function tryOnce(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ version: number; name: string; may: boolean }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as name,
              has_schema_privilege(current_user, 'public', 'create') as may`,
    );
    const [row] = rows;
    if (row === undefined) return;
    if (row.version < SERVER_VERSION_MIN) {
      throw refusal(
        url,
        `is PostgreSQL ${row.name} and Harrier needs 15 or later: upgrade it, or unset DATABASE_URL to use the embedded one`,
      );
    }
    if (!row.may) {
      throw refusal(
        url,
        'does not let this user create tables: run "grant create on schema public to" that user, or give it a database of its own',
      );
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

function explain(url: string, error: unknown, code: string): Error {
  if (error instanceof AppError) return error;
  const reasons: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'does not answer, nothing listens there: start it, or put DATABASE_URL right',
    ENOTFOUND: 'has a host name that does not exist: put DATABASE_URL right',
    EAI_AGAIN: 'has a host name that cannot be looked up: put DATABASE_URL or the name service right',
    ETIMEDOUT: 'does not answer: check that this machine may reach it',
    EHOSTUNREACH: 'cannot be reached from this machine: check the network, or put DATABASE_URL right',
    '28P01': 'refuses this user and password: put DATABASE_URL right',
    '28000': 'refuses this user: put DATABASE_URL or the server’s pg_hba.conf right',
    '3D000': 'has no database of that name: create it, or put DATABASE_URL right',
    '53300': 'has no free connection: raise its max_connections, or end other clients',
    '57P03': 'is still starting up or shutting down: wait a moment and start again',
  };
  const message = error instanceof Error ? error.message : String(error);
  return refusal(url, reasons[code] ?? `cannot be used (${message.slice(0, 200)}): put DATABASE_URL right`);
}

function refusal(url: string, what: string): AppError {
  return new AppError('unavailable', `The database in DATABASE_URL (${describeDatabase(url)}) ${what}.`);
}

/** What may be shown of an address: everything but its password and parameters. */
export function describeDatabase(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return 'an address that cannot be read';
  const user = decodeURIComponent(parsed.username) || 'the default user';
  const database = decodeURIComponent(parsed.pathname.slice(1));
  return `host ${parsed.hostname || 'localhost'}, port ${parsed.port || '5432'}, user ${user}, database ${database}`;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  // A name with several addresses fails with one error for each.
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (/timeout expired|connection timeout/i.test(error.message)) return 'ETIMEDOUT';
  return 'code' in error ? String(error.code) : '';
}
