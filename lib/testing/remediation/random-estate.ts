import type { Change, ChangeKind } from '../../core/remediation/change-table.ts';
import { createRandom, pick } from '../random.ts';

/** Findings by their risk, and the changes that close them. */
export interface ChangeEstate {
  readonly weights: readonly number[];
  readonly changes: readonly Change[];
  /** How many changes a plan is asked for. */
  readonly changesMax: number;
}

const CHANGES_MAX = 60;
const FINDINGS_MAX = 400;

/**
 * An estate as they are: base images with packages of their own, images built on them with more, hosts, and ports. A base image moves
 * to one of two versions and closes much of what its images inherit; a package is upgraded in one image or everywhere; an upgrade to a
 * later version closes what an earlier one does and more.
 */
export function randomEstate(seed: number): ChangeEstate {
  const random = createRandom(seed);
  const weights: number[] = [];
  const closes = new Map<
    string,
    { readonly kind: ChangeKind; readonly exclusive: string | null; closes: Set<number> }
  >();
  const close = (id: string, kind: ChangeKind, finding: number, exclusive: string | null = null): void => {
    const entry = closes.get(id) ?? { kind, exclusive, closes: new Set<number>() };
    entry.closes.add(finding);
    closes.set(id, entry);
  };
  const packages = 4 + Math.floor(random() * 14);
  const bases = 1 + Math.floor(random() * 4);
  const findings = 40 + Math.floor(random() * (FINDINGS_MAX - 40));
  const images = Array.from({ length: 3 + Math.floor(random() * 10) }, () => Math.floor(random() * bases));
  for (let finding = 0; finding < findings; finding += 1) {
    // Few scores are high; in tenths, as they are stored.
    weights.push(Math.floor(random() ** 2 * 100) + 1);
    const image = Math.floor(random() ** 1.5 * images.length);
    const base = images[image] as number;
    const name = `package-${Math.floor(random() ** 2 * packages)}`;
    const where = random();
    if (where < 0.06) {
      close(`close port ${Math.floor(random() * 3)}`, 'rule', finding);
      continue;
    }
    const isInherited = where < 0.5;
    if (isInherited && random() < 0.8) close(`move base ${base} to 2`, 'base-image', finding, `base ${base}`);
    if (isInherited && random() < 0.6) close(`move base ${base} to 1`, 'base-image', finding, `base ${base}`);
    if (random() < 0.7) close(`upgrade ${name} in image ${image}`, 'package', finding);
    if (random() < 0.45) close(`upgrade ${name} everywhere`, 'package', finding);
    if (random() < 0.3) close(`rebuild image ${image}`, 'ami', finding);
  }
  const changes = [...closes].slice(0, CHANGES_MAX).map(([id, entry]) => ({
    id,
    kind: entry.kind,
    cost: pick(random, [1, 1, 1, 2, 2, 5, 6]),
    exclusive: entry.exclusive,
    knownExploited: [...entry.closes].filter((finding) => finding % 41 === 0).length,
    closes: Uint32Array.from(entry.closes),
  }));
  return { weights, changes, changesMax: 2 + Math.floor(random() * 14) };
}
