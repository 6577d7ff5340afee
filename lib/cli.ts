import { type Command, EXIT, type ExitCode, type Surroundings, UsageError } from './cli/command.ts';
import { createOutput } from './cli/output.ts';
import { version } from './cli/version.ts';
import { AppError } from './core/model/app-error.ts';
import { readEnvironment } from './wiring/environment.ts';

/** Every command by its name, loaded when it is used: a start should cost what its command needs and no more. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  'feeds sync': async () => (await import('./cli/feeds-sync.ts')).feedsSync,
  'feeds status': async () => (await import('./cli/feeds-status.ts')).feedsStatus,
  inventory: async () => (await import('./cli/inventory.ts')).inventory,
  scan: async () => (await import('./cli/scan.ts')).scan,
  match: async () => (await import('./cli/match.ts')).match,
  why: async () => (await import('./cli/why.ts')).why,
  reach: async () => (await import('./cli/reach.ts')).reach,
  'versions compare': async () => (await import('./cli/versions-compare.ts')).versionsCompare,
  'history verify': async () => (await import('./cli/history-verify.ts')).historyVerify,
  'history show': async () => (await import('./cli/history-show.ts')).historyShow,
  cost: async () => (await import('./cli/cost.ts')).cost,
  doctor: async () => (await import('./cli/doctor.ts')).doctor,
};

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
  const name = Object.keys(COMMANDS).find((one) => one === args.slice(0, one.split(' ').length).join(' '));
  const command = await COMMANDS[name ?? '']?.();
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
    await out.line(await helpText());
    return first === undefined ? EXIT.usage : EXIT.done;
  }
  const known = Object.keys(COMMANDS).join(', ');
  throw new UsageError(`there is no command "${args.slice(0, 2).join(' ')}". There are: ${known}.`);
}

export async function helpText(): Promise<string> {
  const { targetForms } = await import('./cli/target.ts');
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  harrier ${name.padEnd(width)}  ${summary}`);
  return [
    'Harrier finds known vulnerabilities in hosts, container images, functions, source trees and SBOMs.',
    '',
    ...lines,
    '',
    `TARGET is one of ${targetForms()}.`,
    '"harrier COMMAND --help" says more.',
    'Exit codes: 0 done, 1 findings at or above --fail-on, 2 usage, 3 could not finish.',
  ].join('\n');
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
