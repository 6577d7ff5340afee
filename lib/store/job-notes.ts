import type { JobLogLine, JobPhase } from '../core/model/views.ts';
import type { JobContext } from '../jobs/contracts.ts';
import { appendLog, type JobClaim, savePhases } from './job-records.ts';
import type { Sql } from './sql.ts';

/** Progress and log lines are written at most this often. */
const FLUSH_MS = 250;
/** A job that talks without end keeps its first lines; they say what it was about. */
const LINES_MAX = 2_000;
const LINE_CHARS_MAX = 2_000;

/** What a handler tells about its work. Telling never fails and never waits for the database. */
export interface JobNotes extends Pick<JobContext, 'progress' | 'log'> {
  /** Writes what is not written yet. */
  flush(): Promise<void>;
  stop(): void;
}

export function createJobNotes(sql: Sql, claim: JobClaim, now: () => Date): JobNotes {
  let phases: readonly JobPhase[] | null = null;
  let lines: JobLogLine[] = [];
  let told = 0;
  let busy: Promise<void> | null = null;

  async function write(): Promise<void> {
    const [newPhases, newLines] = [phases, lines];
    phases = null;
    lines = [];
    try {
      if (newPhases !== null) {
        await savePhases(sql, claim, newPhases);
      }
      if (newLines.length > 0) {
        await appendLog(sql, claim.id, newLines);
      }
    } catch {
      // The database is away. What was told stays for the next turn, unless something newer was told since.
      phases ??= newPhases;
      lines = [...newLines, ...lines];
    }
  }

  function flushOnce(): Promise<void> {
    busy ??= write().finally(() => {
      busy = null;
    });
    return busy;
  }

  const timer = setInterval(flushOnce, FLUSH_MS);
  return {
    async progress(next) {
      phases = next.map((phase) => ({ ...phase }));
    },
    async log(level, text) {
      told += 1;
      if (told <= LINES_MAX) {
        lines.push({ at: now(), level, text: text.slice(0, LINE_CHARS_MAX) });
      } else if (told === LINES_MAX + 1) {
        lines.push({ at: now(), level: 'warning', text: 'Further lines are left out.' });
      }
    },
    async flush() {
      await flushOnce();
      await flushOnce();
    },
    stop: () => clearInterval(timer),
  };
}
