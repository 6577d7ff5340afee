import { AppError } from '../core/model/app-error.ts';
import { type VexBook, vexBook } from '../core/scan/package/vex-book.ts';
import { readVexFiles, vexPaths } from '../feeds/vex-files.ts';
import type { Surroundings } from './command.ts';

/**
 * The VEX documents of the installation and those named by `--vex`. A named one that cannot be used ends the command:
 * somebody counts on it. Others are passed by with a warning.
 */
export async function readVexBook(named: readonly string[], around: Surroundings): Promise<VexBook> {
  const kept = await readVexFiles(await vexPaths(around.environment().dataDirectory));
  for (const problem of kept.problems) {
    await around.err.line(`warning: ${problem}`);
  }
  const asked = await readVexFiles(named);
  const [problem] = asked.problems;
  if (problem !== undefined) {
    throw new AppError('invalid-input', problem);
  }
  return vexBook([...kept.statements, ...asked.statements]);
}
