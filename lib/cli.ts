import { readFileSync } from 'node:fs';
import { type Command, EXIT, type ExitCode, type Surroundings, UsageError } from './cli/command.ts';
import { cost } from './cli/cost.ts';
import { doctor } from './cli/doctor.ts';
import { feedsStatus } from './cli/feeds-status.ts';
import { feedsSync } from './cli/feeds-sync.ts';
import { inventory } from './cli/inventory.ts';
import { match } from './cli/match.ts';
import { createOutput } from './cli/output.ts';
import { scan } from './cli/scan.ts';
import { versionsCompare } from './cli/versions-compare.ts';
import { why } from './cli/why.ts';
import { AppError } from './core/model/app-error.ts';
import { readEnvironment } from './wiring/environment.ts';

export const COMMANDS: readonly Command[] = [
  feedsSync,
  feedsStatus,
  inventory,
  scan,
  match,
  why,
  versionsCompare,
  cost,
  doctor,
];

/** The command line: the engine without the console. Results on standard output, everything else on standard error. */
export async function main(args: readonly string[]): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop.abort(new AppError('unavailable', 'Stopped before the end.')));
  }
  const around: Surroundings = {
    stdin: process.stdin,
    out: createOutput(process.stdout),
    err: createOutput(process.stderr),
    signal: stop.signal,
    environment: () => readEnvironment(),
    now: () => new Date(),
  };
  process.exitCode = await runCommand(args, around);
}

/** Finds and runs one command. Every failure is one sentence and an exit code of the contract. */
export async function runCommand(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  const command = COMMANDS.find(({ name }) => name === args.slice(0, name.split(' ').length).join(' '));
  try {
    if (command === undefined) {
      return await withoutCommand(args, around);
    }
    const rest = args.slice(command.name.split(' ').length);
    if (rest.includes('--help') || rest.includes('-h')) {
      await around.out.line(`${usageOf(command)}\n  ${command.summary}`);
      return EXIT.done;
    }
    return await command.run(rest, around);
  } catch (error) {
    if (error instanceof UsageError) {
      const usage = command === undefined ? 'harrier --help' : usageOf(command);
      await around.err.line(`harrier: ${error.message}\nUsage: ${usage}`);
      return EXIT.usage;
    }
    await around.err.line(`harrier: ${sentenceOf(error)}`);
    return EXIT.unfinished;
  }
}

async function withoutCommand(args: readonly string[], { out }: Surroundings): Promise<ExitCode> {
  const [first] = args;
  if (first === '--version') {
    await out.line(version());
    return EXIT.done;
  }
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    await out.line(helpText());
    return first === undefined ? EXIT.usage : EXIT.done;
  }
  const known = COMMANDS.map(({ name }) => name).join(', ');
  throw new UsageError(`there is no command "${args.slice(0, 2).join(' ')}". There are: ${known}.`);
}

export function helpText(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  harrier ${name.padEnd(width)}  ${summary}`);
  return [
    'Harrier finds known vulnerabilities in hosts and source trees.',
    '',
    ...lines,
    '',
    'TARGET is host, host:DIR or dir:DIR. "harrier COMMAND --help" says more.',
    'Exit codes: 0 done, 1 findings at or above --fail-on, 2 usage, 3 could not finish.',
  ].join('\n');
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** A fault of ours shows where it happened; what the world did is one sentence. */
function sentenceOf(error: unknown): string {
  if (error instanceof AppError) {
    return error.message;
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function usageOf({ name, usage }: Command): string {
  return `harrier ${name} ${usage}`.trimEnd();
}
