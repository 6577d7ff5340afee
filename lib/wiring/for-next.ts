import 'server-only';
import { type Logger, pino } from 'pino';
import type { Dependencies } from '../operations/dependencies.ts';
import { openDependencies } from './dependencies.ts';
import { type Environment, readEnvironment } from './environment.ts';

/** What one web process keeps. It lives on `globalThis`, because routes are bundled apart and each loads this module. */
interface Kept {
  environment?: Environment;
  dependencies?: Dependencies;
  log?: Logger;
}

const shared = globalThis as { harrierWeb?: Kept };
shared.harrierWeb ??= {};
const kept = shared.harrierWeb;

export async function getEnvironment(): Promise<Environment> {
  kept.environment ??= readEnvironment();
  return kept.environment;
}

export async function getDependencies(): Promise<Dependencies> {
  if (kept.dependencies === undefined) {
    const environment = await getEnvironment();
    if (environment.databaseUrl === null) {
      throw new Error('DATABASE_URL is not set. Start Harrier with "npm start", which brings its own database.');
    }
    kept.dependencies = openDependencies(environment, environment.databaseUrl).dependencies;
  }
  return kept.dependencies;
}

export function getLog(): Logger {
  kept.log ??= pino({ name: 'harrier-web', level: kept.environment?.logLevel ?? 'info' });
  return kept.log;
}

/** Liveness and readiness: ready while the database answers. Says nothing else, since it answers without a session. */
export async function healthOf(): Promise<{ readonly ready: boolean }> {
  try {
    await (await getDependencies()).users.count();
    return { ready: true };
  } catch {
    return { ready: false };
  }
}
