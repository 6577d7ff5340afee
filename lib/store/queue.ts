import { PgBoss } from 'pg-boss';
import { JOB_TITLES, type JobKind } from '../jobs/contracts.ts';
import type { Database } from './client.ts';

/** Every job kind has a queue of its own name. */
export const JOB_KINDS = Object.keys(JOB_TITLES) as readonly JobKind[];

const QUEUE_OPTIONS = {
  /** After the first failure: at most four attempts, some 2, 4 and 8 seconds apart. */
  retryLimit: 3,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 60,
  /** The least that pg-boss allows: so long after the last sign of life is a killed worker's job given to another. */
  heartbeatSeconds: 10,
  /** A bound against handlers that hang while their process lives. */
  expireInSeconds: 4 * 3_600,
  deleteAfterSeconds: 7 * 86_400,
  /** Workers are told of a new job instead of finding it at their next poll. */
  notify: true,
};

/** pg-boss as the side that sends: it works on the process's own pool and runs nothing. */
export interface Queue {
  readonly boss: PgBoss;
  /** Makes the queues on the first call; the next ones cost nothing. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export function openQueue(database: Database): Queue {
  const boss = new PgBoss({
    db: {
      executeSql: (text, values) => database.pool.query(text, values === undefined ? [] : [...values]),
    },
    supervise: false,
    schedule: false,
  });
  // Background queries fail while the database is away and succeed when it is back; what a caller asked for fails
  // in the caller's own promise.
  boss.on('error', () => undefined);
  let started: Promise<void> | null = null;
  return {
    boss,
    ready() {
      started ??= startQueues(boss).catch((error: unknown) => {
        started = null;
        throw error;
      });
      return started;
    },
    stop: () => boss.stop({ graceful: false, close: false }),
  };
}

/** Starts pg-boss, which installs or migrates its own schema, and brings every queue to the settings above. */
export async function startQueues(boss: PgBoss): Promise<void> {
  await boss.start();
  for (const kind of JOB_KINDS) {
    if ((await boss.getQueue(kind)) === null) {
      await boss.createQueue(kind, QUEUE_OPTIONS);
    } else {
      await boss.updateQueue(kind, QUEUE_OPTIONS);
    }
  }
}
