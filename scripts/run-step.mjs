// Runs one program of the set-up or of the tests quietly: one line when it is done, its own words when it fails.
import { spawn } from 'node:child_process';

const TAIL_LINES = 40;
const OUTPUT_CHARACTERS_MAX = 4_000_000;

/** A failure that has said all there is to say; whoever catches it prints the message and nothing else. */
export class StepError extends Error {}

/** Settings under which every child runs: none of them calls home or asks for news. */
export const QUIET = {
  NEXT_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
};

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: Record<string, string | undefined> }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(program, args, { cwd, env = {} }) {
  return new Promise((settle) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...QUIET, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-OUTPUT_CHARACTERS_MAX);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', (error) => settle({ code: 127, output: `${output}${error.message}\n` }));
    child.once('close', (code, signal) => settle({ code: code ?? (signal === null ? 1 : 128), output }));
  });
}

/**
 * Announces the work on a terminal, replaces the announcement by one line with the seconds when it is done.
 * @param {{ doing: string, done: string }} words
 * @param {() => Promise<void>} work
 */
export async function timed({ doing, done }, work) {
  const started = Date.now();
  if (process.stdout.isTTY) process.stdout.write(`${doing} …`);
  try {
    await work();
  } finally {
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[2K');
  }
  process.stdout.write(`${done.padEnd(36)} ${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s\n`);
}

/**
 * @param {string} sentence what failed and what to do
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: Record<string, string | undefined> }} options
 */
export async function runOrExplain(sentence, program, args, options) {
  const { code, output } = await capture(program, args, options);
  if (code === 0) return;
  const tail = output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  throw new StepError(`${tail}\n\n${sentence}`);
}
