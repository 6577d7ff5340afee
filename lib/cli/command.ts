import type { Readable } from 'node:stream';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Environment } from '../wiring/environment.ts';
import type { Output } from './output.ts';

export const EXIT = { done: 0, findings: 1, usage: 2, unfinished: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a command may touch of the process that runs it. */
export interface Surroundings {
  readonly stdin: Readable;
  /** Results. */
  readonly out: Output;
  /** Everything else. */
  readonly err: Output;
  readonly signal: AbortSignal;
  /** Read on demand: help and version must work under broken settings. */
  environment(): Environment;
  now(): Date;
}

export interface Command {
  /** As typed after `harrier`, such as `feeds sync`. */
  readonly name: string;
  /** Arguments and options in one line. */
  readonly usage: string;
  readonly summary: string;
  run(args: readonly string[], around: Surroundings): Promise<ExitCode>;
}

/** The command was not well formed. The message says what was wrong and what exists instead. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Options and positional arguments of one command; throws UsageError in words of ours. */
export function readArguments<const O extends Options>(args: readonly string[], options: O, positionalsMax: number) {
  let parsed: ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>>;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(plain(error));
  }
  const unexpected = parsed.positionals[positionalsMax];
  if (unexpected !== undefined) {
    throw new UsageError(`"${unexpected}" is one argument too many.`);
  }
  return parsed;
}

/** Node adds advice on quoting to its sentence; the first sentence is enough. */
function plain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const first = message.split(/\. |\n/)[0] ?? message;
  return first.endsWith('.') ? first : `${first}.`;
}

/** One of a closed set of words, or a UsageError that names the set. */
export function oneOf<const T extends string>(value: string, allowed: readonly T[], what: string): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) {
    throw new UsageError(`"${value}" is not ${what}. There are: ${allowed.join(', ')}.`);
  }
  return found;
}
