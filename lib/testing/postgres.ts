import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a server on which databases may be made. */
    postgresAdminUrl: string;
    /** The name of a migrated, empty database that is copied for each test. */
    postgresTemplate: string;
  }
}

export interface FreshDatabase {
  readonly url: string;
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>;
}

/** A migrated, empty database of its own. Copying the template takes some tens of milliseconds. */
export async function freshDatabase(): Promise<FreshDatabase> {
  return createDatabase(inject('postgresTemplate'));
}

/** A database without any table, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  return createDatabase('template0');
}

async function createDatabase(template: string): Promise<FreshDatabase> {
  const adminUrl = inject('postgresAdminUrl');
  const name = `harrier_test_${randomBytes(8).toString('hex')}`;
  await runAsAdmin(adminUrl, `create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)}`);
  return {
    url: withDatabase(adminUrl, name),
    drop: () => runAsAdmin(adminUrl, `drop database if exists ${escapeIdentifier(name)} with (force)`),
  };
}

/** The same server and account, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

/** Runs statements, in order, outside of a transaction. */
export async function runAsAdmin(adminUrl: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client(adminUrl);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
