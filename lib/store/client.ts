import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

/** The client inside `$transaction`: the same models, one connection. */
export type TransactionClient = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

/** One pool of connections and the Prisma client that works on it. */
export interface Database {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  close(): Promise<void>;
}

const CONNECTIONS_MAX = 10;
const CONNECT_TIMEOUT_MS = 10_000;
/** A connection that nobody used for this long is closed; the next request opens another. */
const IDLE_TIMEOUT_MS = 30_000;

/**
 * Pages are short walks along indexes that are in memory: compiling them takes longer than running them, and a page from
 * elsewhere costs hardly more than the next one.
 */
const PLANNER = '-c jit=off -c random_page_cost=1.1';

export function openDatabase(url: string, connectionsMax = CONNECTIONS_MAX): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'harrier',
    options: PLANNER,
  });
  // A connection that dies while idle reports here, and unheard it would end the process. The pool has already
  // dropped it; whoever asks next gets a new one, and learns from that attempt whether the database is back.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' });
  return {
    url,
    pool,
    prisma,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

const shared = globalThis as { harrierDatabase?: Database };

/** The process's one database. It lives on `globalThis`, because a development server loads modules again and again. */
export function sharedDatabase(url: string): Database {
  if (shared.harrierDatabase?.url !== url) {
    shared.harrierDatabase = openDatabase(url);
  }
  return shared.harrierDatabase;
}
