import type { Diagnostic } from '../core/model/diagnostic.ts';
import { type Command, EXIT, readArguments, type Surroundings, UsageError } from './command.ts';
import { plainTable } from './plain-table.ts';
import { printable } from './progress-line.ts';
import { collectTarget, readTarget } from './target.ts';

export const inventory: Command = {
  name: 'inventory',
  usage: 'TARGET [--json] [--platform OS/ARCH]',
  summary: 'list the packages of a target',
  async run(args, around) {
    const options = {
      json: { type: 'boolean' },
      cyclonedx: { type: 'boolean' },
      spdx: { type: 'boolean' },
      platform: { type: 'string' },
    } as const;
    const { values, positionals } = readArguments(args, options, 1);
    if (values.cyclonedx || values.spdx) {
      throw new UsageError('SBOM documents are not in this version. Use --json, or nothing for a table.');
    }
    const target = readTarget(positionals[0], { platform: values.platform });
    const found = await collectTarget(target, around);
    if (values.json) {
      await around.out.line(JSON.stringify({ target: target.text, ...found }, null, 2));
    } else {
      const rows = found.packages.map(({ ecosystem, name, version, path }) => [ecosystem, name, version, path]);
      await around.out.line(plainTable(['ECOSYSTEM', 'PACKAGE', 'VERSION', 'PATH'], rows));
    }
    const system = found.distro === null ? 'no known distribution' : found.distro.prettyName;
    await around.err.line(`${found.packages.length} packages, ${printable(system)}, inventory ${found.outcome}`);
    await reportDiagnostics(found.diagnostics, around);
    return found.outcome === 'complete' ? EXIT.done : EXIT.unfinished;
  },
};

const REPORTED_MAX = 20;

/** Warnings and errors on standard error, the first of them one by one. */
export async function reportDiagnostics(all: readonly Diagnostic[], { err }: Surroundings): Promise<void> {
  const grave = all.filter(({ level }) => level !== 'info');
  for (const { level, path, message } of grave.slice(0, REPORTED_MAX)) {
    await err.line(printable(`${level}: ${path === null ? '' : `${path}: `}${message}`));
  }
  if (grave.length > REPORTED_MAX) {
    await err.line(`${grave.length - REPORTED_MAX} further warnings; --format json or --json lists them all.`);
  }
}
