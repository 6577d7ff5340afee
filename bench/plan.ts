import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { planChanges, type RemediationPlan } from '../lib/core/remediation/plan.ts';
import { type Benchmark, type BenchmarkRow, inTurn } from './benchmark.ts';
import { type GeneratedChanges, generatedChanges } from './generated-changes.ts';

const SEED = 1;
const CHANGES = [30, 300] as const;
const MOST = CHANGES[1];
const GREEDY_ALONE = { improvementVisitsMax: 0, boundVisitsMax: 0 } as const;
const MILLIONS = [1, 10] as const;
/** Beyond it nobody would wait for every change in every round. */
const SMALL = 200_000;

/** The plan of thirty changes, and of three hundred, for a large estate, and beside a greedy choice that looks at every change in every round. */
export const plan: Benchmark = {
  name: 'plan',
  async measure({ isNamed }) {
    const rows: BenchmarkRow[] = [];
    for (const millions of MILLIONS) {
      if (millions === 1 || isNamed) rows.push(...(await measureLarge(generatedChanges(millions * 1_000_000, SEED))));
    }
    const small = generatedChanges(SMALL, SEED);
    for (const changesMax of CHANGES) rows.push(await measureBeside(small, changesMax));
    return rows;
  },
};

async function measureLarge(estate: GeneratedChanges): Promise<readonly BenchmarkRow[]> {
  const { table, weights } = estate;
  const rows: BenchmarkRow[] = [];
  // Before the others, which leave memory behind that would be used again unseen.
  const memory = memoryOf(estate);
  if (memory !== null) {
    const size = sizeOf(estate, MOST);
    rows.push({
      name: 'plan, memory while it is made',
      size,
      figure: memory,
      unit: 'MB',
      peer: null,
      peerFigure: null,
    });
  }
  for (const changesMax of CHANGES) {
    const alone = { size: sizeOf(estate, changesMax), peer: null, peerFigure: null };
    let made: RemediationPlan | null = null;
    const whole = await inTurn(
      3,
      () => {
        made = planChanges(table, weights, { changesMax });
      },
      null,
    );
    const greedy = await inTurn(3, () => planChanges(table, weights, { changesMax, ...GREEDY_ALONE }), null);
    rows.push({ name: 'plan', ...alone, figure: whole.ours, unit: 'ms' });
    rows.push({ name: 'plan, greedy alone', ...alone, figure: greedy.ours, unit: 'ms' });
    const { removed, removableMost } = made as unknown as RemediationPlan;
    rows.push({
      name: 'plan, most that another could remove beyond it',
      ...alone,
      figure: 100 * (removableMost / removed - 1),
      unit: '%',
    });
  }
  return rows;
}

async function measureBeside(estate: GeneratedChanges, changesMax: number): Promise<BenchmarkRow> {
  const { table, weights } = estate;
  const request = { changesMax, ...GREEDY_ALONE };
  const ours = planChanges(table, weights, request).removed;
  const peers = byRescanning(estate, changesMax);
  if (ours !== peers) throw new Error(`the plan removes ${ours}, the one that looks at every change ${peers}`);
  const times = await inTurn(
    3,
    () => planChanges(table, weights, request),
    () => byRescanning(estate, changesMax),
  );
  return {
    name: 'plan, greedy alone',
    size: sizeOf(estate, changesMax),
    figure: times.ours,
    unit: 'ms',
    peer: 'every change in every round, same risk removed, nothing checked and no bound',
    peerFigure: times.peer,
  };
}

/** The greedy choice as it is written down: each round looks at every change. Returns the risk removed. */
function byRescanning({ table, weights }: GeneratedChanges, changesMax: number): number {
  const { ids, starts, findings } = table;
  const left = weights.slice();
  let removed = 0;
  for (let round = 0; round < changesMax; round += 1) {
    let best = -1;
    let most = 0;
    for (let change = 0; change < ids.length; change += 1) {
      let gain = 0;
      for (let at = starts[change] as number; at < (starts[change + 1] as number); at += 1) {
        gain += left[findings[at] as number] as number;
      }
      const isFirst = gain === most && best >= 0 && (ids[change] as string) < (ids[best] as string);
      if (gain > most || isFirst) {
        most = gain;
        best = change;
      }
    }
    if (best < 0) break;
    removed += most;
    for (let at = starts[best] as number; at < (starts[best + 1] as number); at += 1) left[findings[at] as number] = 0;
  }
  return removed;
}

function sizeOf({ table, weights }: GeneratedChanges, changesMax: number): string {
  const [findings, changes, pairs] = [weights.length, table.ids.length, table.findings.length].map((count) =>
    count.toLocaleString('en-US'),
  );
  return `${changesMax} of ${changes} changes, ${findings} findings, ${pairs} closings, seed ${SEED}`;
}

/** How far the process grows at most while a plan is made. Megabytes; null where the system does not tell. */
function memoryOf({ table, weights }: GeneratedChanges): number | null {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  try {
    // Linux forgets the highest use so far.
    writeFileSync('/proc/self/clear_refs', '5');
    const before = kilobytes('VmRSS');
    planChanges(table, weights, { changesMax: MOST });
    return (kilobytes('VmHWM') - before) / 1e3;
  } catch {
    // Not Linux.
    return null;
  }
}

function kilobytes(name: string): number {
  const line = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(line?.[1] ?? Number.NaN);
}
