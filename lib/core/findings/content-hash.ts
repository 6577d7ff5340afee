import { createHash } from 'node:crypto';
import type { BaseRating, ScoredObservation, VulnerablePackage } from '../model/finding.ts';
import type { NetworkEvidence } from '../model/network.ts';

/**
 * Name of what is said about a finding once and is the same on many resources: title, packages with their evidence, and
 * the rating. 128 bits of SHA-256, 32 hex digits. Equal content gives an equal name in any order of keys.
 */
export function sharedContentHash(observation: ScoredObservation): string {
  const known = sharedHashes.get(observation);
  if (known !== undefined) {
    return known;
  }
  const { title, packages, rating, network } = observation;
  const more = network === undefined ? [] : [partsOfNetwork(network)];
  const hash = digest([title, packages.map(partsOfPackage), partsOfRating(rating), ...more]);
  sharedHashes.set(observation, hash);
  return hash;
}

/** Observations never change, and each is asked for its hash several times on its way into the store. */
const sharedHashes = new WeakMap<ScoredObservation, string>();

/**
 * 32 hex digits for everything that is stored of an observation. What is told of the vulnerability alone (its text, a
 * new day's EPSS that moves no score) is stored with the vulnerability and does not count.
 */
export function contentHash(observation: ScoredObservation): string {
  const { type, vulnerability, score } = observation;
  const { id, severity, kev } = vulnerability;
  const content = sharedContentHash(observation);
  return stateHash({ type, id, severity, kevDueDate: kev?.dueDate ?? null, score: score.score, content });
}

/** The same from what is stored, for who writes a new score without a report. */
export function stateHash(state: {
  readonly type: string;
  /** Of the vulnerability. */
  readonly id: string;
  readonly severity: string;
  readonly kevDueDate: string | null;
  readonly score: number | null;
  readonly content: string;
}): string {
  return digest([state.type, state.id, state.severity, state.kevDueDate, state.score, state.content]);
}

// Lists in a fixed order: writing objects with sorted keys took a third of the time of a whole ingest.
function partsOfPackage(one: VulnerablePackage): readonly unknown[] {
  const { matcher, advisory, searched, range, installed } = one.evidence;
  const place = [
    one.name,
    one.version,
    one.ecosystem,
    one.purl,
    one.path,
    one.layer,
    one.sourceName,
    one.sourceVersion,
  ];
  return [...place, one.fixedVersion, matcher, advisory, searched, range, installed];
}

function partsOfNetwork({ hops, revokes, ...network }: NetworkEvidence): readonly unknown[] {
  const { interfaceId, subnetId, subnetName, category, via, protocol, begin, end, services, families } = network;
  return [
    [interfaceId, subnetId, subnetName, category, via, protocol, begin, end, services, families],
    [network.isWorld, network.sourceCount, network.sourceBlocks],
    hops.map(({ type, id, because }) => [type, id, because]),
    revokes.map(({ groupId, protocol: name, from, to, source }) => [groupId, name, from, to, source]),
  ];
}

function partsOfRating({ cvss, word }: BaseRating): readonly unknown[] {
  const scores = cvss.map(({ version, vector, score, source }) => [version, vector, score, source]);
  return [scores, word === null ? null : [word.band, word.word, word.source]];
}

function digest(value: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}
