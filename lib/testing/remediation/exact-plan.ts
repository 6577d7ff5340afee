import loadHighs from 'highs';
import type { ChangeEstate } from './random-estate.ts';

type Highs = Awaited<ReturnType<typeof loadHighs>>;

let solver: Promise<Highs> | null = null;

/** The most risk that any selection removes: a mixed integer program, solved to its end by HiGHS. */
export async function mostRemovable(
  { weights, changes }: Pick<ChangeEstate, 'weights' | 'changes'>,
  limits: { readonly changesMax?: number; readonly costMax?: number },
): Promise<number> {
  solver ??= loadHighs();
  const highs = await solver;
  const merged = mergedFindings(weights, changes);
  if (merged.length === 0) return 0;
  const names = changes.map((_, change) => `x${change}`);
  const lines = merged.map(({ closers }, at) => `${closers.map((one) => `x${one}`).join(' + ')} - y${at} >= 0`);
  if (limits.changesMax !== undefined) lines.push(`${names.join(' + ')} <= ${limits.changesMax}`);
  if (limits.costMax !== undefined) {
    lines.push(`${changes.map(({ cost }, change) => `${cost} x${change}`).join(' + ')} <= ${limits.costMax}`);
  }
  for (const members of exclusiveGroups(changes)) lines.push(`${members.map((one) => `x${one}`).join(' + ')} <= 1`);
  const program = `Maximize
 risk: ${merged.map(({ weight }, at) => `${weight} y${at}`).join(' + ')}
Subject To
${lines.map((line, at) => ` c${at}: ${line}`).join('\n')}
Bounds
${merged.map((_, at) => ` 0 <= y${at} <= 1`).join('\n')}
Binary
 ${names.join(' ')}
End
`;
  const { Status, ObjectiveValue } = highs.solve(program, { mip_rel_gap: 0, mip_abs_gap: 0.5, random_seed: 1 });
  if (Status !== 'Optimal') throw new Error(`the exact plan is ${Status}`);
  return Math.round(ObjectiveValue);
}

/** Findings that the same changes close are one with their risk together. */
function mergedFindings(
  weights: readonly number[],
  changes: ChangeEstate['changes'],
): readonly { readonly weight: number; readonly closers: readonly number[] }[] {
  const closersOf = new Map<number, number[]>();
  changes.forEach(({ closes }, change) => {
    for (const finding of Array.from(closes)) closersOf.set(finding, [...(closersOf.get(finding) ?? []), change]);
  });
  const merged = new Map<string, { weight: number; readonly closers: readonly number[] }>();
  for (const [finding, closers] of closersOf) {
    const entry = merged.get(closers.join()) ?? { weight: 0, closers };
    entry.weight += weights[finding] ?? 0;
    merged.set(closers.join(), entry);
  }
  return [...merged.values()];
}

function exclusiveGroups(changes: ChangeEstate['changes']): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  changes.forEach(({ exclusive }, change) => {
    if (exclusive !== null) groups.set(exclusive, [...(groups.get(exclusive) ?? []), change]);
  });
  return [...groups.values()];
}
