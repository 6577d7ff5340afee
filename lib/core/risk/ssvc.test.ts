import { describe, expect, it } from 'vitest';
import { SSVC_ANSWERS, SSVC_DECISIONS, type SsvcAnswers, type SsvcInput, ssvcDecision, ssvcOf } from './ssvc.ts';

const ROWS: readonly SsvcAnswers[] = SSVC_ANSWERS.exploitation.flatMap((exploitation) =>
  SSVC_ANSWERS.exposure.flatMap((exposure) =>
    SSVC_ANSWERS.automatable.flatMap((automatable) =>
      SSVC_ANSWERS.humanImpact.map((humanImpact) => ({ exploitation, exposure, automatable, humanImpact })),
    ),
  ),
);

/** Numbers of the published rows, 0 to 71 in the order of `ROWS`; every other row is "scheduled". */
const PUBLISHED = {
  defer: [0, 1, 4, 8, 16, 24, 32],
  'out-of-cycle': [23, 39, 43, 46, 47, 50, 51, 53, 54, 55, 58, 59, 60, 61, 62, 63, 65, 66, 68, 69],
  immediate: [67, 70, 71],
};

describe('the tree of SSVC for those who deploy', () => {
  it('has the published decision in each of its 72 rows', () => {
    expect(ROWS).toHaveLength(72);
    ROWS.forEach((answers, row) => {
      const special = Object.entries(PUBLISHED).find(([, rows]) => rows.includes(row))?.[0];
      expect(ssvcDecision(answers), `row ${row}`).toBe(special ?? 'scheduled');
    });
  });

  it('never decides for less where an answer is worse', () => {
    const rank = (answers: SsvcAnswers): number => SSVC_DECISIONS.indexOf(ssvcDecision(answers));
    for (const answers of ROWS) {
      for (const question of Object.keys(SSVC_ANSWERS) as (keyof SsvcAnswers)[]) {
        const worse: readonly string[] = SSVC_ANSWERS[question];
        const next = worse[worse.indexOf(answers[question]) + 1];
        if (next !== undefined) expect(rank({ ...answers, [question]: next })).toBeGreaterThanOrEqual(rank(answers));
      }
    }
  });
});

describe('the decision for a finding', () => {
  const kev = { dateAdded: '2026-01-02', dueDate: '2026-01-23', ransomware: false, name: '', action: '' };
  const exploit = { maturity: 'public', url: 'u', source: 'exploit-db' } as const;
  const vector = { version: '3.1', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' } as const;
  const local = { version: '3.1', vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H' } as const;
  const quiet: SsvcInput = { kev: null, exploit: null, reach: 'isolated', cvss: [local], criticality: 'normal' };

  it.each<[Partial<SsvcInput>, string, readonly string[]]>([
    [{}, 'defer', []],
    [{ exploit }, 'scheduled', []],
    [{ kev, exploit, reach: 'internet', cvss: [vector], criticality: 'high' }, 'immediate', []],
    [{ kev, reach: 'load-balancer', cvss: [local], criticality: 'critical' }, 'immediate', []],
    [{ kev, reach: 'vpc', cvss: [vector], criticality: 'low' }, 'out-of-cycle', []],
    [{ kev, reach: 'internet-restricted', cvss: [local] }, 'scheduled', []],
    [{ reach: null }, 'scheduled', ['exposure']],
    [{ cvss: [] }, 'scheduled', ['automatable']],
    [{ kev, reach: null, cvss: [], criticality: null }, 'out-of-cycle', ['exposure', 'automatable', 'humanImpact']],
  ])('with %o is %s', (fields, decision, assumed) => {
    expect(ssvcOf({ ...quiet, ...fields })).toMatchObject({ decision, assumed });
  });
});
