import { Readable } from 'node:stream';
import type { Output } from '../cli/output.ts';
import { runCommand } from '../cli.ts';
import { readEnvironment } from '../wiring/environment.ts';

interface CliSettings {
  /** Environment variables of the process. */
  readonly variables: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly now?: Date;
}

/** Runs a command line as the program does, and returns its exit code with what it wrote. */
export async function runCli(args: readonly string[], { variables, input = '', now = new Date() }: CliSettings) {
  const text = { out: '', err: '' };
  const output = (name: 'out' | 'err'): Output => ({
    isTerminal: false,
    isClosed: () => false,
    write: async (more) => {
      text[name] += more;
    },
    line: async (more) => {
      text[name] += `${more}\n`;
    },
  });
  const code = await runCommand(args, {
    stdin: Readable.from([Buffer.from(input)]),
    out: output('out'),
    err: output('err'),
    signal: new AbortController().signal,
    environment: () => readEnvironment(variables),
    now: () => now,
  });
  return { code, ...text };
}
