import { CONTROL_KINDS, CRITICALITIES, REACHES, type Reach } from '@/lib/core/model/resource-facts.ts';
import { DEFAULT_SCORING_TERMS, EPSS_FROM, type ScoringTerms } from '@/lib/core/risk/scoring-terms.ts';

export interface TermField {
  /** Name of the field in the form, and of its fault: `reach.internet`. */
  readonly name: string;
  readonly label: string;
  readonly points: number;
  /** The points of this release, as they are read: `+0.4`; a base has no sign. */
  readonly usual: string;
}

export interface TermGroup {
  readonly title: string;
  readonly about: string;
  readonly fields: readonly TermField[];
}

const EVIDENCE_LABELS: ScoringLabels<'evidence'> = {
  publicExploit: 'Public exploit',
  weaponisedExploit: 'Weaponised exploit',
  knownExploited: 'Known exploited',
  knownRansomware: 'Known to be used by ransomware',
};
const BLAST_LABELS: ScoringLabels<'blast'> = {
  administrator: 'Role of an administrator',
  readsData: 'Role that reads many data stores',
  openMetadata: 'Open metadata service',
};
const REACH_LABELS: Readonly<Record<Reach, string>> = {
  internet: 'Internet',
  'load-balancer': 'Load balancer',
  'internet-restricted': 'Some addresses of the internet',
  peer: 'Peered network or VPN',
  vpc: 'Its own network only',
  isolated: 'Isolated',
};

type ScoringLabels<Group extends 'evidence' | 'blast'> = Readonly<Record<keyof ScoringTerms[Group], string>>;

/** The points as people read and edit them; environments, whose names are free, are apart. */
export function termGroups(terms: ScoringTerms): readonly TermGroup[] {
  return [
    {
      title: 'Base',
      about: 'The published CVSS base score. Where nobody published a vector, the word of the rating stands for one.',
      fields: fieldsOf('derivedBase', terms.derivedBase, DEFAULT_SCORING_TERMS.derivedBase),
    },
    {
      title: 'Reachability',
      about: 'The widest way to the resource. Not known counts 0.0. What is not attacked over a network gains nothing.',
      fields: fieldsOf('reach', ordered(terms.reach, REACHES), DEFAULT_SCORING_TERMS.reach, REACH_LABELS),
    },
    {
      title: 'Exploitation',
      about: 'The greatest of evidence and prediction counts.',
      fields: [
        ...terms.epss.map((points, at) => ({
          name: `epss.${at}`,
          label: at === 0 ? `EPSS up to ${share(EPSS_FROM[0])}` : `EPSS from ${share(EPSS_FROM[at - 1])}`,
          points,
          usual: signed(DEFAULT_SCORING_TERMS.epss[at] ?? 0),
        })),
        ...fieldsOf('evidence', terms.evidence, DEFAULT_SCORING_TERMS.evidence, EVIDENCE_LABELS),
      ],
    },
    {
      title: 'Criticality',
      about: 'Where a tag says it, in place of the environment.',
      fields: fieldsOf('criticality', ordered(terms.criticality, CRITICALITIES), DEFAULT_SCORING_TERMS.criticality),
    },
    {
      title: 'What a take-over brings',
      about: 'Besides the resource itself.',
      fields: fieldsOf('blast', terms.blast, DEFAULT_SCORING_TERMS.blast, BLAST_LABELS),
    },
    {
      title: 'Controls',
      about: 'They add up, to no more than all of them together may: a control is no fix.',
      fields: [
        ...fieldsOf('controls', ordered(terms.controls, CONTROL_KINDS), DEFAULT_SCORING_TERMS.controls),
        {
          name: 'controlsMax',
          label: 'All together',
          points: terms.controlsMax,
          usual: signed(DEFAULT_SCORING_TERMS.controlsMax),
        },
      ],
    },
  ];
}

function fieldsOf<K extends string>(
  group: string,
  terms: Readonly<Record<K, number>>,
  usual: Readonly<Record<K, number>>,
  labels?: Readonly<Record<K, string>>,
): readonly TermField[] {
  return (Object.keys(terms) as K[]).map((key) => ({
    name: `${group}.${key}`,
    label: labels?.[key] ?? wordOf(key),
    points: terms[key],
    usual: group === 'derivedBase' ? usual[key].toFixed(1) : signed(usual[key]),
  }));
}

function ordered<K extends string>(
  terms: Readonly<Record<K, number>>,
  keys: readonly K[],
): Readonly<Record<K, number>> {
  return Object.fromEntries(keys.map((key) => [key, terms[key]])) as Record<K, number>;
}

function wordOf(name: string): string {
  const words = name.toLowerCase().replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function share(probability = 0): string {
  return `${Number((probability * 100).toFixed(1))}%`;
}

/** `+0.4`, `−1.0` with a true minus, `0.0`. */
function signed(points: number): string {
  const digits = Math.abs(points).toFixed(1);
  if (points === 0) return digits;
  return points > 0 ? `+${digits}` : `−${digits}`;
}
