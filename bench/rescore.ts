import type { EpssScore, ExploitReference, KevEntry } from '../lib/core/model/advisory.ts';
import { CRITICALITIES, REACHES } from '../lib/core/model/resource-facts.ts';
import { componentOf, resourceRisk } from '../lib/core/risk/combined-risk.ts';
import { type ScoreInput, scoreOf } from '../lib/core/risk/score.ts';
import { createRandom, pick } from '../lib/testing/random.ts';
import { type Benchmark, inTurn } from './benchmark.ts';
import { SEED } from './generated-estate.ts';

const FINDINGS = 1_000_000;
const VULNERABILITIES = 20_000;
const RESOURCES = 10_000;

/** All findings of an estate scored anew with their words, as after a change of the policy, and the risk of each resource. */
export const rescore: Benchmark = {
  name: 'rescore',
  async measure() {
    const random = createRandom(SEED);
    const flaws = Array.from({ length: VULNERABILITIES }, () => flaw(random));
    const places = Array.from({ length: RESOURCES }, () => place(random));
    const chosen = Uint32Array.from({ length: FINDINGS }, () => Math.floor(random() * VULNERABILITIES));
    let sum = 0;
    const { ours } = await inTurn(
      3,
      () => {
        for (let at = 0; at < FINDINGS; at += 1) {
          sum += scoreAt(flaws[chosen[at] ?? 0], places[at % RESOURCES]);
        }
      },
      null,
    );
    const size = `${FINDINGS / 1_000_000} million findings of ${VULNERABILITIES / 1_000},000 vulnerabilities, seed ${SEED}`;
    const combined = await inTurn(
      3,
      () => {
        const perResource = FINDINGS / RESOURCES;
        for (let resource = 0; resource < RESOURCES; resource += 1) {
          const findings = Array.from({ length: perResource }, (_, at) => ({
            component: componentOf([{ ecosystem: 'debian', name: `package-${at % 40}`, sourceName: null }]),
            score: ((resource * 7 + at * 13) % 101) / 10,
          }));
          sum += resourceRisk(findings).score;
        }
      },
      null,
    );
    if (Number.isNaN(sum)) {
      throw new Error('a score was no number');
    }
    const alone = { unit: 'ms', peer: null, peerFigure: null };
    return [
      { name: 'rescore', size, figure: ours, ...alone },
      {
        name: 'resource risk',
        size: `the same on ${RESOURCES / 1_000},000 resources`,
        figure: combined.ours,
        ...alone,
      },
    ];
  },
};

type Flaw = Pick<ScoreInput, 'rating' | 'epss' | 'kev' | 'exploit' | 'cwes'>;
type Place = Pick<ScoreInput, 'environment' | 'reach' | 'criticality' | 'blast' | 'controls'>;

function scoreAt(found: Flaw | undefined, where: Place | undefined): number {
  return found === undefined || where === undefined ? Number.NaN : (scoreOf({ ...found, ...where }).score ?? 0);
}

function flaw(random: () => number): Flaw {
  const epss: EpssScore = { probability: random() ** 4, percentile: random(), date: '2026-08-15' };
  const kev: KevEntry = { dateAdded: '2026-01-02', dueDate: '2026-01-23', ransomware: false, name: '', action: '' };
  const exploit: ExploitReference = { maturity: 'public', url: 'https://a.example/', source: 'exploit-db' };
  const vector = pick(random, ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U', 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U']);
  const score = Math.floor(random() * 101) / 10;
  return {
    rating: { cvss: [{ version: '3.1', vector, score, source: 'nvd' }], word: null },
    epss: random() < 0.9 ? epss : null,
    kev: random() < 0.02 ? kev : null,
    exploit: random() < 0.05 ? exploit : null,
    cwes: [pick(random, ['CWE-918', 'CWE-79', 'CWE-416'])],
  };
}

function place(random: () => number): Place {
  const control = { kind: 'virtual-patch', name: 'WAF rule', vulnerability: null, until: null } as const;
  return {
    environment: pick(random, ['prod', 'staging', 'dev', null]),
    reach: pick(random, [...REACHES, null]),
    criticality: random() < 0.3 ? pick(random, CRITICALITIES) : null,
    blast: random() < 0.1 ? { administrator: true, openMetadata: true } : {},
    controls: random() < 0.1 ? [control] : [],
  };
}
