import type { CyclonedxOptions } from '../core/exchange/cyclonedx.ts';
import { toSpdx } from '../core/exchange/spdx.ts';
import type { Diagnostic } from '../core/model/diagnostic.ts';
import type { Inventory } from '../core/model/inventory.ts';
import { type Command, EXIT, oneOf, readArguments, type Surroundings, UsageError } from './command.ts';
import { plainTable } from './plain-table.ts';
import { printable } from './progress-line.ts';
import { collectTarget, readTarget } from './target.ts';
import { version } from './version.ts';

export const inventory: Command = {
  name: 'inventory',
  usage: 'TARGET [--json|--cyclonedx|--spdx] [--spec 1.4|1.5|1.6] [--platform OS/ARCH]',
  summary: 'list the packages of a target, as an SBOM if asked',
  async run(args, around) {
    const options = {
      json: { type: 'boolean' },
      cyclonedx: { type: 'boolean' },
      spdx: { type: 'boolean' },
      spec: { type: 'string' },
      platform: { type: 'string' },
    } as const;
    const { values, positionals } = readArguments(args, options, 1);
    const form = readForm(values);
    const target = readTarget(positionals[0], { platform: values.platform });
    const found = await collectTarget(target, around);
    await around.out.line(await form(target.text, found, around.now()));
    const system = found.distro === null ? 'no known distribution' : found.distro.prettyName;
    await around.err.line(`${found.packages.length} packages, ${printable(system)}, inventory ${found.outcome}`);
    await reportDiagnostics(found.diagnostics, around);
    return found.outcome === 'complete' ? EXIT.done : EXIT.unfinished;
  },
};

type Form = (target: string, found: Inventory, at: Date) => string | Promise<string>;

interface FormOptions {
  readonly json?: boolean | undefined;
  readonly cyclonedx?: boolean | undefined;
  readonly spdx?: boolean | undefined;
  readonly spec?: string | undefined;
}

const SPECS = ['1.4', '1.5', '1.6'] as const;

/** How the packages are printed. The library of CycloneDX is loaded only where it is needed. */
function readForm({ json, cyclonedx, spdx, spec }: FormOptions): Form {
  if ([json, cyclonedx, spdx].filter(Boolean).length > 1) {
    throw new UsageError('Of --json, --cyclonedx and --spdx only one can be had at a time.');
  }
  if (spec !== undefined && !cyclonedx) {
    throw new UsageError('--spec is the version of --cyclonedx.');
  }
  if (cyclonedx) {
    const written = oneOf(spec ?? '1.5', SPECS, 'a version of CycloneDX that is written');
    return (name, found, at) => cyclonedxText(found, { name, at, spec: written });
  }
  if (spdx) {
    return (name, found, at) => toSpdx(found, { name, at, toolVersion: version() });
  }
  return json ? (target, found) => JSON.stringify({ target, ...found }, null, 2) : (_, found) => packageTable(found);
}

function packageTable({ packages }: Inventory): string {
  const rows = packages.map(({ ecosystem, name, version, path }) => [ecosystem, name, version, path]);
  return plainTable(['ECOSYSTEM', 'PACKAGE', 'VERSION', 'PATH'], rows);
}

/** A CycloneDX document, with the findings of a scan where there was one. */
export async function cyclonedxText(found: Inventory, options: Omit<CyclonedxOptions, 'toolVersion'>): Promise<string> {
  const { toCyclonedx } = await import('../core/exchange/cyclonedx.ts');
  return toCyclonedx(found, { ...options, toolVersion: version() });
}

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
