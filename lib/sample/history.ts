import type { Resource } from '../core/model/resource.ts';
import { SAMPLE_ADVISORY_FACTS } from './advisories.ts';
import { SAMPLE_FUNCTIONS } from './functions.ts';
import { SAMPLE_IMAGES } from './images.ts';
import { SAMPLE_INSTANCES } from './instances.ts';
import { SAMPLE_NPM, SAMPLE_PYPI } from './language-packages.ts';
import { SAMPLE_PACKAGES } from './packages.ts';
import { SAMPLE_WAVES, type SampleThing } from './sample-thing.ts';
import { sampleFiles } from './thing-files.ts';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Every resource of the sample estate. */
export const SAMPLE_THINGS: readonly SampleThing[] = [...SAMPLE_INSTANCES, ...SAMPLE_IMAGES, ...SAMPLE_FUNCTIONS];

/** The one resource that appears in the last wave: once it is scanned, the whole history is in. */
export const SAMPLE_NEWEST: SampleThing = newest();

function newest(): SampleThing {
  const found = SAMPLE_THINGS.filter((thing) => thing.since === SAMPLE_WAVES - 1);
  const [only] = found;
  if (!only || found.length > 1) throw new Error('Exactly one thing of the sample has to appear in the last wave.');
  return only;
}

/** A resource to scan in a wave; `denied` stands for a target that refuses to be read. */
export interface SampleScan {
  readonly resource: Resource;
  files(): ReadonlyMap<string, string> | 'denied';
}

export interface SampleWave {
  readonly index: number;
  readonly at: Date;
  /** Resources that exist from this wave on, scanned or not. */
  readonly appeared: readonly Resource[];
  /** What is scanned: everything in the first and the last wave, in between what an upgrade or a new advisory touches. */
  readonly scans: readonly SampleScan[];
}

/** The waves of the sample's history from one of them on, oldest first; the last one is at `now`. */
export function sampleWaves(now: Date, from = 0): readonly SampleWave[] {
  return Array.from({ length: SAMPLE_WAVES - from }, (_, offset) => {
    const index = from + offset;
    const things = SAMPLE_THINGS.filter((thing) => isScannedIn(thing, index));
    return {
      index,
      at: new Date(now.getTime() - (SAMPLE_WAVES - 1 - index) * WEEK_MS),
      appeared: SAMPLE_THINGS.filter((thing) => thing.since === index).map((thing) => thing.resource),
      scans: things.map((thing) => ({
        resource: thing.resource,
        files: () => (isDenied(thing, index) ? 'denied' : sampleFiles(thing, index)),
      })),
    };
  });
}

function isScannedIn(thing: SampleThing, wave: number): boolean {
  if (wave < thing.since || thing.scanning.kind === 'never') return false;
  if (thing.scanning.kind === 'until' && wave > thing.scanning.wave) return false;
  if (wave === thing.since || wave === SAMPLE_WAVES - 1) return true;
  return thing.patchedIn.includes(wave) || isTouchedByAdvisory(thing, wave);
}

function isDenied(thing: SampleThing, wave: number): boolean {
  return thing.scanning.kind === 'denied-from' && wave >= thing.scanning.wave;
}

/** True when an advisory that is new in this wave speaks of a package that the thing carries. */
function isTouchedByAdvisory(thing: SampleThing, wave: number): boolean {
  const carried = carriedBy(thing);
  return SAMPLE_ADVISORY_FACTS.some(
    (fact) => fact.wave === wave && fact.affected.some(([ecosystem, name]) => carried.has(`${ecosystem}/${name}`)),
  );
}

const carriedByThing = new Map<SampleThing, ReadonlySet<string>>();

function carriedBy(thing: SampleThing): ReadonlySet<string> {
  const known = carriedByThing.get(thing);
  if (known) return known;
  const { release, role, npm, python } = thing.contents;
  const carried = new Set<string>();
  if (release) {
    const facts = SAMPLE_PACKAGES[release];
    const sources = [...facts.base, ...(role ? facts.roles[role] : [])];
    for (const entry of sources) carried.add(`${facts.osvEcosystem}/${entry.source}`);
  }
  for (const entry of npm ? SAMPLE_NPM[npm] : []) carried.add(`npm/${entry.name}`);
  for (const entry of python ? SAMPLE_PYPI[python] : []) carried.add(`PyPI/${entry.name}`);
  carriedByThing.set(thing, carried);
  return carried;
}
