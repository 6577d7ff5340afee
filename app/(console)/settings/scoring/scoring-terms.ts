import { RISK_POLICY } from '@/lib/core/risk/policy.ts';

export interface ScoringGroup {
  readonly title: string;
  readonly about: string;
  readonly terms: readonly { readonly name: string; readonly points: string }[];
}

/** The formula in force as people read it: every number comes from the policy that makes the scores. */
export function scoringTerms(): {
  readonly version: string;
  readonly date: string;
  readonly groups: readonly ScoringGroup[];
} {
  const { version, date, derivedBase, epssFloor, epssSteps, reach, environments, criticality, controls } = RISK_POLICY;
  return {
    version,
    date,
    groups: [
      {
        title: 'Base',
        about: 'The published CVSS base score. Where nobody published a vector, the word of the rating stands for one.',
        terms: Object.entries(derivedBase).map(([band, value]) => ({ name: wordOf(band), points: value.toFixed(1) })),
      },
      {
        title: 'Reachability',
        about:
          'The widest way to the resource. Not known counts 0.0. What is not attacked over a network gains nothing.',
        terms: signed(reach),
      },
      {
        title: 'Exploitation',
        about: 'The greatest of evidence and prediction counts.',
        terms: [
          { name: `EPSS up to ${share(epssFloor.upTo)}`, points: sign(epssFloor.value) },
          ...epssSteps.map(({ from, value }) => ({ name: `EPSS from ${share(from)}`, points: sign(value) })),
          { name: 'Public exploit', points: sign(RISK_POLICY.publicExploit) },
          { name: 'Weaponised exploit', points: sign(RISK_POLICY.weaponisedExploit) },
          { name: 'Known exploited', points: sign(RISK_POLICY.knownExploited) },
          { name: 'Known to be used by ransomware', points: sign(RISK_POLICY.knownRansomware) },
        ],
      },
      {
        title: 'Environment',
        about: 'By the value of the environment tag; any other value counts 0.0.',
        terms: signed(environments),
      },
      {
        title: 'Criticality',
        about: 'Where somebody set it, in place of the environment.',
        terms: signed(criticality),
      },
      {
        title: 'What a take-over brings',
        about: 'Besides the resource itself.',
        terms: [
          { name: 'Role of an administrator', points: sign(RISK_POLICY.administrator) },
          { name: 'Role that reads many data stores', points: sign(RISK_POLICY.readsData) },
          { name: 'Open metadata service', points: sign(RISK_POLICY.openMetadata) },
        ],
      },
      {
        title: 'Controls',
        about: `They add up, to no more than ${sign(RISK_POLICY.controlsMax)}: a control is no fix.`,
        terms: signed(controls),
      },
    ],
  };
}

function signed(steps: Readonly<Record<string, number>>) {
  return Object.entries(steps).map(([name, value]) => ({ name: wordOf(name), points: sign(value) }));
}

function wordOf(name: string): string {
  const words = name.toLowerCase().replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `+0.4`, `−1.0` with a true minus, `0.0`. */
function sign(value: number): string {
  const digits = Math.abs(value).toFixed(1);
  if (value === 0) return digits;
  return value > 0 ? `+${digits}` : `−${digits}`;
}

function share(probability: number): string {
  return `${Number((probability * 100).toFixed(1))}%`;
}
