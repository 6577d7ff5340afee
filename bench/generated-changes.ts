import { CHANGE_KINDS, type ChangeKind, type ChangeTable } from '../lib/core/remediation/change-table.ts';
import { createRandom } from '../lib/testing/random.ts';

export interface GeneratedChanges {
  readonly table: ChangeTable;
  readonly weights: Uint32Array;
}

/** For so many findings one image; few base images carry most of them. */
const FINDINGS_PER_IMAGE = 500;
const BASES = 200;
const PACKAGES = 2_000;
const PACKAGES_PER_IMAGE = 10;
const NONE = 0xffffffff;

/**
 * An estate with a heavy tail: of 200 base images the first carries a quarter of all findings. Each finding is closed by an upgrade in its
 * image, by most moves of its base image, by many upgrades of its package everywhere, and by some rebuilds of its image.
 */
export function generatedChanges(findings: number, seed: number): GeneratedChanges {
  const random = createRandom(seed);
  const images = Math.max(1, Math.round(findings / FINDINGS_PER_IMAGE));
  const firstPackage = BASES;
  const firstUpgrade = firstPackage + PACKAGES;
  const firstRebuild = firstUpgrade + images * PACKAGES_PER_IMAGE;
  const changes = firstRebuild + images;
  const weights = new Uint32Array(findings);
  const closers = new Uint32Array(4 * findings).fill(NONE);
  const starts = new Uint32Array(changes + 1);
  const close = (finding: number, place: number, change: number): void => {
    closers[4 * finding + place] = change;
    starts[change + 1] = (starts[change + 1] as number) + 1;
  };
  for (let finding = 0; finding < findings; finding += 1) {
    weights[finding] = Math.floor(random() ** 2 * 100) + 1;
    // Images of one base stand together, and the lower a base's number the more images it has.
    const base = Math.floor(random() ** 4 * BASES);
    const image = Math.floor(((base + random()) / BASES) * images);
    const one = Math.floor(random() * PACKAGES_PER_IMAGE);
    if (random() < 0.95) close(finding, 0, firstUpgrade + image * PACKAGES_PER_IMAGE + one);
    if (random() < 0.6) close(finding, 1, base);
    if (random() < 0.5) close(finding, 2, firstPackage + ((image * 7 + one * 131) % PACKAGES));
    if (random() < 0.3) close(finding, 3, firstRebuild + image);
  }
  for (let change = 0; change < changes; change += 1) {
    starts[change + 1] = (starts[change + 1] as number) + (starts[change] as number);
  }
  const table = {
    ids: Array.from({ length: changes }, (_, change) => `change-${change}`),
    kinds: Array.from({ length: changes }, (_, change) => kindOf(change < firstPackage ? 1 : 0)),
    costs: new Float64Array(changes).fill(1),
    groups: new Int32Array(changes).fill(-1),
    knownExploited: new Uint32Array(changes),
    starts,
    findings: byChange(closers, starts),
  };
  return { table, weights };
}

function kindOf(place: number): ChangeKind {
  return CHANGE_KINDS[place] as ChangeKind;
}

/** The findings of the changes one list after the other. */
function byChange(closers: Uint32Array, starts: Uint32Array): Uint32Array {
  const next = starts.slice();
  const findings = new Uint32Array(starts[starts.length - 1] as number);
  for (let at = 0; at < closers.length; at += 1) {
    const change = closers[at] as number;
    if (change === NONE) continue;
    const place = next[change] as number;
    findings[place] = at >>> 2;
    next[change] = place + 1;
  }
  return findings;
}
