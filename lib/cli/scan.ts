import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type AssuranceFacts, assuranceGaps } from '../core/coverage/assurance.ts';
import { AppError } from '../core/model/app-error.ts';
import { resourceId } from '../core/model/ids.ts';
import type { PackageScanResult } from '../core/model/scan-result.ts';
import { SEVERITIES, type Severity } from '../core/model/severity.ts';
import { assessPackages } from '../core/risk/assess-packages.ts';
import type { VexBook } from '../core/scan/package/vex-book.ts';
import { openAdvisoryIndex } from '../feeds/advisory-index/open-advisory-index.ts';
import { systemReason } from '../filesystem/system-reason.ts';
import { type Command, EXIT, type ExitCode, oneOf, readArguments, type Surroundings } from './command.ts';
import { cyclonedxText, reportDiagnostics } from './inventory.ts';
import { scanCsv, scanJson, scanTable } from './scan-report.ts';
import { collectTarget, readTarget } from './target.ts';
import type { Target } from './target-kind.ts';
import { readVexBook } from './vex-option.ts';

const FORMATS = ['table', 'json', 'csv', 'cyclonedx'] as const;
type Format = (typeof FORMATS)[number];

export const scan: Command = {
  name: 'scan',
  usage:
    'TARGET [--format table|json|csv|cyclonedx] [--output FILE] [--fail-on SEVERITY] [--vex FILE]… [--platform OS/ARCH]',
  summary: 'packages, matches and scores of a target',
  async run(args, around) {
    const options = {
      format: { type: 'string', default: 'table' },
      output: { type: 'string' },
      'fail-on': { type: 'string' },
      vex: { type: 'string', multiple: true },
      platform: { type: 'string' },
    } as const;
    const { values, positionals } = readArguments(args, options, 1);
    const format = oneOf(values.format, FORMATS, 'a format of this version');
    const failOn = readSeverity(values['fail-on']);
    const target = readTarget(positionals[0], { platform: values.platform });
    // Opened before the work: a report that has nowhere to go is better known at once.
    const file = values.output === undefined ? null : await openReport(values.output);
    const startedAt = around.now();
    let result: PackageScanResult;
    try {
      result = await scanTarget(target, await readVexBook(values.vex ?? [], around), around);
      await writeReport({ target, format, file, result, startedAt }, around);
    } finally {
      await file?.close();
    }
    await reportDiagnostics(result.diagnostics, around);
    await reportGaps(result, around);
    return exitCodeOf(result, failOn);
  },
};

async function scanTarget(target: Target, vex: VexBook, around: Surroundings): Promise<PackageScanResult> {
  const inventory = await collectTarget(target, around);
  const index = openAdvisoryIndex(around.environment().dataDirectory);
  try {
    const facts = { resource: resourceId(target.resourceOf(inventory)), environment: null, now: around.now(), vex };
    return assessPackages(inventory, index, facts);
  } finally {
    index.close();
  }
}

/** An earlier report stays as it is until there is another one to put in its place. */
async function openReport(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_WRONLY | constants.O_CREAT, 0o600);
  } catch (error) {
    throw new AppError(
      'invalid-input',
      `The report cannot be written to ${path} (${systemReason(error)}). Name another file with --output.`,
    );
  }
}

interface Report {
  readonly target: Target;
  readonly format: Format;
  /** Where the report goes; null for standard output. */
  readonly file: FileHandle | null;
  readonly result: PackageScanResult;
  readonly startedAt: Date;
}

async function writeReport({ target, format, file, result, startedAt }: Report, around: Surroundings): Promise<void> {
  const text = await textOf(format, target, result, startedAt, around.now());
  if (file === null) {
    await around.out.line(text);
    return;
  }
  try {
    if ((await file.stat()).isFile()) {
      await file.truncate();
    }
    await file.writeFile(`${text}\n`);
  } catch (error) {
    throw new AppError('unavailable', `The report could not be written whole (${systemReason(error)}).`);
  }
}

async function textOf(
  format: Format,
  target: Target,
  result: PackageScanResult,
  startedAt: Date,
  endedAt: Date,
): Promise<string> {
  if (format === 'json') {
    return JSON.stringify(scanJson(target.text, result, startedAt, endedAt), null, 2);
  }
  if (format === 'cyclonedx') {
    const { inventory, observations } = result;
    return cyclonedxText(inventory, { name: target.text, at: endedAt, spec: '1.5', observations });
  }
  return format === 'csv' ? scanCsv(result) : scanTable(result);
}

/** What keeps the result from being the whole truth. "0 findings" is called clean only when nothing does. */
async function reportGaps(result: PackageScanResult, { err, now }: Surroundings): Promise<void> {
  const findings = result.observations.length;
  const gaps = assuranceGaps(factsOf(result, now()));
  const packages = `${result.inventory.packages.length} packages, ${findings} findings`;
  if (gaps.length === 0) {
    await err.line(findings === 0 ? `${packages}: clean, proven by a complete scan.` : packages);
    return;
  }
  await err.line(`${packages}. ${findings === 0 ? 'Zero is not known:' : 'There may be more:'}`);
  for (const gap of gaps) {
    await err.line(`  ${gap}`);
  }
}

function factsOf(result: PackageScanResult, now: Date): AssuranceFacts {
  return {
    resources: 1,
    neverScanned: 0,
    incomplete: result.outcome === 'complete' ? 0 : 1,
    olderThanWindow: 0,
    undecidable: result.undecidable,
    advisoryStates: result.advisoryStates.map((state) => ({ ...state, resources: 1 })),
    now,
  };
}

function readSeverity(text: string | undefined): Severity | null {
  return text === undefined ? null : oneOf(text.toUpperCase(), SEVERITIES, 'a severity');
}

// A partial result is printed and says so; that some part is missing outranks what was found in the rest.
function exitCodeOf(result: PackageScanResult, failOn: Severity | null): ExitCode {
  if (failOn !== null) {
    const bad = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
    if (result.observations.some(({ vulnerability }) => bad.includes(vulnerability.severity))) {
      return EXIT.findings;
    }
  }
  return result.outcome === 'complete' && result.advisoryRevision !== null ? EXIT.done : EXIT.unfinished;
}
