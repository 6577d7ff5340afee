import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../core/model/app-error.ts';
import { blockTexts, type Family, INTERNET } from '../core/scan/network/address.ts';
import { answerOf } from '../core/scan/network/answer.ts';
import { toIngressRule } from '../core/scan/network/explain.ts';
import { Fixes } from '../core/scan/network/fix.ts';
import { type Intervals, sizeOf, subtract } from '../core/scan/network/intervals.ts';
import { type Path, Paths } from '../core/scan/network/paths.ts';
import { Reach } from '../core/scan/network/reach.ts';
import { readTopology } from '../core/scan/network/read-topology.ts';
import { type Command, EXIT, readArguments, UsageError } from './command.ts';
import type { Output } from './output.ts';

/** As large as a text may be that Node reads as one. */
const BYTES_MAX = 500_000_000;
const BLOCKS_MAX = 8;

export const reach: Command = {
  name: 'reach',
  usage: 'FILE [--no-paths] [--client-ports]',
  summary: 'which ports of a topology file can be reached, by which path, and what closes them',
  async run(args, around) {
    const { values, positionals } = readArguments(
      args,
      { 'no-paths': { type: 'boolean' }, 'client-ports': { type: 'boolean' } },
      1,
    );
    const [file] = positionals;
    if (file === undefined) throw new UsageError('A topology file is needed.');
    const { topology, diagnostics } = readTopology(await readJson(file));
    const solved = new Reach(topology, { anyClientPort: values['client-ports'] === true });
    const interfaces = solved.all();
    await around.out.write('{"interfaces":');
    await writeParts(around.out, '{}', interfaces, (one) => [
      `${JSON.stringify(one.interface.id)}:${JSON.stringify(answerOf(one))}`,
    ]);
    if (values['no-paths'] !== true) {
      const fixes = new Fixes(solved);
      const paths = new Paths(solved.view);
      await around.out.write(',\n"paths":');
      await writeParts(around.out, '[]', interfaces, (one) =>
        paths.of(one).map((path) => JSON.stringify(pathJson(path, fixes))),
      );
    }
    await around.out.line(`,\n"diagnostics":${JSON.stringify(diagnostics)}}`);
    return EXIT.done;
  },
};

async function readJson(file: string): Promise<unknown> {
  try {
    const { size } = await stat(file);
    if (size > BYTES_MAX) throw new AppError('invalid-input', `${file} has ${size} bytes; 500 MB are read at most.`);
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof SyntaxError) throw new AppError('invalid-input', `${file} is not JSON: ${error.message}.`);
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new AppError('invalid-input', `${file} cannot be read (${code}). Name a topology file.`);
  }
}

/** A list or an object part by part, so that an answer of any size needs little memory. */
async function writeParts<T>(
  out: Output,
  brackets: '{}' | '[]',
  items: readonly T[],
  partsOf: (item: T) => readonly string[],
): Promise<void> {
  let before = `${brackets[0]}\n`;
  for (const item of items) {
    const parts = partsOf(item);
    if (parts.length === 0) continue;
    await out.write(before + parts.join(',\n'));
    before = ',\n';
    if (out.isClosed()) return;
  }
  await out.write(before === ',\n' ? `\n${brackets[1]}` : brackets);
}

function pathJson(path: Path, fixes: Fixes) {
  const fix = fixes.of(path);
  return {
    interface: path.interface.id,
    category: path.category,
    via: path.via,
    family: path.family,
    protocol: path.protocol,
    ports: path.ports,
    sources: sourcesText(path.family, path.sources),
    hops: path.hops,
    fix: (fix?.revokes ?? []).map(toIngressRule).map(({ groupId, protocol, from, to, source }) => {
      return { action: 'revoke', direction: 'ingress', groupId, protocol, fromPort: from, toPort: to, source };
    }),
    alsoCloses: (fix?.alsoCloses ?? []).map(({ category, ...one }) => ({
      ...one,
      category: category === 'load-balancer' ? 'loadBalancer' : category,
    })),
  };
}

/** Who may call: everybody of the internet, or so many addresses, of which the first blocks are named. */
function sourcesText(family: Family, sources: Intervals) {
  const isWorld = subtract(INTERNET[family], sources).length === 0;
  return {
    world: isWorld,
    count: String(sizeOf(sources)),
    blocks: isWorld ? [] : blockTexts(family, sources, BLOCKS_MAX),
  };
}
