import { AppError } from '../core/model/app-error.ts';
import type { Inventory } from '../core/model/inventory.ts';
import { type Surroundings, UsageError } from './command.ts';
import { directoryTarget, hostTarget } from './directory-target.ts';
import { functionTarget } from './function-target.ts';
import { imageTarget } from './image-target.ts';
import { createProgressLine } from './progress-line.ts';
import { sbomTarget } from './sbom-target.ts';
import type { Target, TargetKind, TargetOptions } from './target-kind.ts';

const KINDS: Readonly<Record<string, TargetKind>> = {
  host: hostTarget,
  dir: directoryTarget,
  image: imageTarget,
  function: functionTarget,
  sbom: sbomTarget,
};

/** Reads a target as it was typed. Throws UsageError that says which there are. */
export function readTarget(text: string | undefined, options: TargetOptions = {}): Target {
  if (text === undefined || text === '') {
    throw new UsageError(`A target is missing. There are: ${targetForms()}.`);
  }
  const [, word = '', , rest = ''] = /^([a-z]+)(:(.*))?$/s.exec(text) ?? [];
  const kind = Object.hasOwn(KINDS, word) ? KINDS[word] : undefined;
  if (kind !== undefined && options.platform !== undefined && !kind.takesPlatform) {
    throw new UsageError(`--platform is for images alone, and ${word} is none.`);
  }
  const target = kind?.read(text, rest, options) ?? null;
  if (target === null) {
    throw new UsageError(`"${text}" is not a target. There are: ${targetForms()}.`);
  }
  return target;
}

/** Every way to type a target: `host, host:DIR, …` */
export function targetForms(): string {
  return Object.values(KINDS)
    .flatMap(({ forms }) => forms)
    .join(', ');
}

/** The packages of a target, with a progress line for people who watch. */
export async function collectTarget(target: Target, around: Surroundings): Promise<Inventory> {
  const progress = createProgressLine(around.err);
  try {
    return await target.collect(around, progress);
  } catch (error) {
    around.signal.throwIfAborted();
    throw error instanceof AppError
      ? error
      : new AppError('unavailable', `${target.text}: ${(error as Error).message}`);
  } finally {
    await progress.clear();
  }
}
