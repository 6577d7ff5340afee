import { currentAdvisoryIndex } from '../feeds/advisory-index/current-advisory-index.ts';
import { createSmtpSender } from '../mail/smtp-sender.ts';
import type { Dependencies } from '../operations/dependencies.ts';
import { type Database, sharedDatabase } from '../store/client.ts';
import { type OpenStores, openStores, type Stores } from '../store/open-stores.ts';
import type { Environment } from './environment.ts';
import { createSystemReads } from './system-reads.ts';

export interface OpenDependencies {
  readonly dependencies: Dependencies;
  readonly database: Database;
  /** Lets go of the queue and the advisory index; the database belongs to the process. */
  close(): Promise<void>;
}

/** Builds the walls of one process. `databaseUrl` is what the supervisor found or started. */
export function openDependencies(environment: Environment, databaseUrl: string): OpenDependencies {
  const database = sharedDatabase(databaseUrl);
  const now = () => new Date();
  const stores = openStores(database, now, environment.secret);
  const index = currentAdvisoryIndex(environment.dataDirectory);
  const fixed = {
    system: createSystemReads(environment.dataDirectory, database),
    advisories: () => index.advisories(),
    clock: { now },
    mailSender: createSmtpSender(),
  };
  return {
    database,
    dependencies: dependenciesOn(stores, fixed),
    async close() {
      index.close();
      await stores.close();
    },
  };
}

/** The stores with the walls beside them. Work that is begun inside a transaction belongs to that transaction. */
export function dependenciesOn(
  stores: OpenStores,
  fixed: Pick<Dependencies, 'system' | 'advisories' | 'clock' | 'mailSender'>,
): Dependencies {
  const inside = (part: Stores): Dependencies => {
    const deps: Dependencies = { ...part, ...fixed, atomically: (work) => work(deps) };
    return deps;
  };
  return { ...stores, ...fixed, atomically: (work) => stores.atomically((part) => work(inside(part))) };
}
