import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../store/embedded-postgres.ts';
import { migrate } from '../store/migrate.ts';
import { runAsAdmin, withDatabase } from './postgres.ts';

interface TestServer {
  readonly adminUrl: string;
  stop(): Promise<void>;
}

/** One server for all integration tests of a run: the given DATABASE_URL, else an embedded one on throwaway data. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const template = `harrier_template_${randomBytes(6).toString('hex')}`;
  await runAsAdmin(server.adminUrl, `create database ${template} template template0`);
  await migrate(withDatabase(server.adminUrl, template));
  project.provide('postgresAdminUrl', server.adminUrl);
  project.provide('postgresTemplate', template);
  return async () => {
    await runAsAdmin(server.adminUrl, `drop database if exists ${template} with (force)`);
    await server.stop();
  };
}

async function startServer(): Promise<TestServer> {
  const given = process.env.DATABASE_URL;
  if (given) return { adminUrl: given, stop: async () => undefined };
  const directory = mkdtempSync(join(tmpdir(), 'harrier-test-'));
  const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), durable: false });
  return {
    adminUrl: await postgres.databaseUrl('postgres'),
    async stop() {
      await postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
