import { createHash } from 'node:crypto';
import { resourceId } from '../core/model/ids.ts';
import type { Resource, ResourceKind } from '../core/model/resource.ts';
import type { SAMPLE_NPM, SAMPLE_PYPI } from './language-packages.ts';
import type { SampleRelease, SampleRole } from './packages.ts';

/** Weekly waves of the sample's history, oldest first: 0 to 12. */
export const SAMPLE_WAVES = 13;

/** What is installed on a thing of the sample. */
export interface SampleContents {
  /** Null for a function, which brings no package database. */
  readonly release: SampleRelease | null;
  /** Null where only the base of the release is installed. */
  readonly role: SampleRole | null;
  readonly npm: keyof typeof SAMPLE_NPM | null;
  readonly python: keyof typeof SAMPLE_PYPI | null;
  /** `no-database`: the package database is missing, as on a host whose volume was restored in part. */
  readonly state: 'whole' | 'no-database';
}

/** How a thing takes part in scanning; all but `regular` leave a gap that coverage has to show. */
export type SampleScanning =
  | { readonly kind: 'regular' }
  | { readonly kind: 'never' }
  /** Scanned up to that wave and not since. */
  | { readonly kind: 'until'; readonly wave: number }
  /** Scanned, but reading it is refused from that wave on. */
  | { readonly kind: 'denied-from'; readonly wave: number };

/** One resource of the sample estate and its life over the waves. */
export interface SampleThing {
  readonly resource: Resource;
  /** Wave in which it first exists. */
  readonly since: number;
  /** Waves in which everything on it is brought up to date. */
  readonly patchedIn: readonly number[];
  readonly scanning: SampleScanning;
  readonly contents: SampleContents;
}

interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly environment: string | null;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A resource with the ARN that AWS would give it. An image stands for whatever its tag points at. */
export function sampleResource(place: Place): Resource {
  const { accountId, region, kind, name, environment } = place;
  return {
    id: resourceId(arnOf(place)),
    accountId,
    region,
    kind,
    name,
    environment,
    tags: { ...(environment ? { Env: environment } : {}), ...place.tags },
    sample: true,
  };
}

function arnOf({ accountId, region, kind, name }: Place): string {
  if (kind === 'ec2') return `arn:aws:ec2:${region}:${accountId}:instance/${awsId('i', accountId + name)}`;
  if (kind === 'ecr') return `arn:aws:ecr:${region}:${accountId}:repository/${name}`;
  return `arn:aws:lambda:${region}:${accountId}:function:${name}`;
}

/** An id as EC2 gives it, `vpc-0a1b2c3d4e5f60718`, that depends on the text alone. */
export function awsId(prefix: string, text: string): string {
  return `${prefix}-0${digestOf(text).slice(0, 16)}`;
}

/** A whole number from 0 to `below` - 1 that depends on the text alone, so that the estate is the same everywhere. */
export function drawFrom(text: string, below: number): number {
  return Number.parseInt(digestOf(text).slice(0, 8), 16) % below;
}

/** A digest of a text in hexadecimal. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * When a thing is brought up to date: production about once a month, staging every six weeks, development twice a quarter.
 * One in eight is never touched, as in most estates.
 */
export function patchWaves(name: string, environment: string | null, since: number): readonly number[] {
  if (drawFrom(`${name} neglected`, 8) === 0) return [];
  const every = { prod: 4, staging: 6 }[environment ?? ''] ?? 7;
  const waves: number[] = [];
  for (let wave = 1 + drawFrom(`${name} first patch`, every); wave < SAMPLE_WAVES; wave += every) {
    if (wave > since) waves.push(wave);
  }
  return waves;
}
