import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { openChildLog } from './child-log.ts';

const BACK_OFF_MILLISECONDS = { first: 500, last: 30_000 };
/** After this long a run counts as good, and the next failure waits as little as the first. */
const GOOD_RUN_MILLISECONDS = 60_000;

export interface SupervisedProcess {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** Shown as it comes instead of being kept, for development. */
  readonly inherit?: boolean;
}

export interface Supervision {
  readonly name: string;
  readonly logFile: string;
  /** How often in a row it has died soon after its start. */
  quickDeaths(): number;
  lastWords(): string;
  /** Asks it to end, insists after `graceSeconds`, and waits until it is gone. */
  stop(graceSeconds: number): Promise<void>;
}

/** Keeps a program running: when it dies it is started again, after a pause that doubles while it keeps dying. */
export function supervise(what: SupervisedProcess, report: (sentence: string) => void): Supervision {
  const log = openChildLog(what.logFile);
  const stopping = new AbortController();
  let child: ChildProcess | null = null;
  let quickDeaths = 0;

  const run = async () => {
    while (!stopping.signal.aborted) {
      const started = Date.now();
      log.begin();
      child = launch(what, log.write);
      const reason = await endOf(child);
      if (stopping.signal.aborted) return;
      quickDeaths = Date.now() - started < GOOD_RUN_MILLISECONDS ? quickDeaths + 1 : 1;
      const pause = Math.min(BACK_OFF_MILLISECONDS.first * 2 ** (quickDeaths - 1), BACK_OFF_MILLISECONDS.last);
      const words = what.inherit ? '' : `: ${log.lastWords()}`;
      report(
        `The ${what.name} ended (${reason})${words}. It starts again in ${pause / 1000} s (log: ${what.logFile}).`,
      );
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();

  return {
    name: what.name,
    logFile: what.logFile,
    quickDeaths: () => quickDeaths,
    lastWords: () => log.lastWords(),
    async stop(graceSeconds) {
      stopping.abort();
      child?.kill('SIGTERM');
      const insist = setTimeout(() => child?.kill('SIGKILL'), graceSeconds * 1000);
      await running;
      clearTimeout(insist);
      log.close();
    },
  };
}

function launch(what: SupervisedProcess, write: (chunk: string) => void): ChildProcess {
  // In a session of its own, Ctrl-C reaches the supervisor alone, which then stops its children in order.
  const child = spawn(what.program, what.args, {
    cwd: what.cwd,
    env: what.env,
    detached: true,
    stdio: what.inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  child.stdout?.setEncoding('utf8').on('data', write);
  child.stderr?.setEncoding('utf8').on('data', write);
  return child;
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((settle) => {
    child.once('error', (error) => settle(error.message));
    child.once('close', (code, signal) => settle(signal ?? `exit code ${code}`));
  });
}
