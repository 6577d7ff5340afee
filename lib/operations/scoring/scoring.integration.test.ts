import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SCORING_TERMS, type ScoringTerms } from '../../core/risk/scoring-terms.ts';
import { applyScoringHandler } from '../../jobs/handlers/apply-scoring.ts';
import { openTriageFixture, type TriageFixture } from '../../testing/triage-fixture.ts';
import { getFinding } from '../console/get-finding.ts';
import { runOperation } from '../operation.ts';
import { getScoringTerms, setScoringTerms } from './scoring-terms.ts';

// Generated texts have no rating; here each has one of six.
const RATED = `update finding_content set rating = jsonb_build_object('word', null, 'cvss', jsonb_build_array(jsonb_build_object(
  'version', '3.1', 'source', 'nvd', 'score', 4.0 + get_byte(uuid_send(hash), 0) % 6, 'vector',
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N')))`;

let at: TriageFixture;

beforeEach(async () => {
  at = await openTriageFixture(2_000);
  await at.fixture.database.pool.query(RATED);
});
afterEach(() => at?.close());

async function apply() {
  const context = {
    id: 'job' as never,
    signal: new AbortController().signal,
    progress: async () => undefined,
    log: async () => undefined,
  };
  return applyScoringHandler({ dependencies: at.deps }).run({}, context);
}

const scores = async (): Promise<ReadonlyMap<string, number | null>> => {
  const { rows } = await at.fixture.database.pool.query<{ id: string; score: number | null }>(
    "select encode(uuid_send(key), 'hex') as id, score from finding where status = 'ACTIVE' order by id",
  );
  return new Map(rows.map(({ id, score }) => [id, score]));
};

const withIsolated = (isolated: number): ScoringTerms => ({
  ...DEFAULT_SCORING_TERMS,
  epss: DEFAULT_SCORING_TERMS.epss.map((points) => points - 0.1),
  reach: { ...DEFAULT_SCORING_TERMS.reach, isolated },
});

describe('the points of the score', () => {
  it('a preview says exactly what saving then does to findings, and writes nothing', async () => {
    const ines = await at.person('Ines Kovar', 'admin');
    await apply();
    const before = await scores();
    const terms = withIsolated(-3);
    const preview = await runOperation(setScoringTerms, at.deps, ines, { terms, basedOn: 'v2', preview: true });

    expect(await scores()).toEqual(before);
    expect(preview).toMatchObject({ jobId: null, open: before.size, looked: before.size });
    expect(preview.lowered).toBeGreaterThan(0);

    const saved = await runOperation(setScoringTerms, at.deps, ines, { terms, basedOn: 'v2' });
    expect(saved.version).toBe('v2.1');
    expect(saved.jobId).not.toBeNull();
    await apply();
    const after = await scores();
    const moved = [...after].filter(([id, score]) => score !== before.get(id));
    expect(moved.filter(([id, score]) => (score ?? 0) < (before.get(id) ?? 0))).toHaveLength(preview.lowered);
    expect(moved.filter(([id, score]) => (score ?? 0) > (before.get(id) ?? 0))).toHaveLength(preview.raised);
    for (const [index, { from, after: count }] of preview.bands.entries()) {
      const below = preview.bands[index - 1]?.from ?? Number.POSITIVE_INFINITY;
      expect([...after.values()].filter((score) => score !== null && score >= from && score < below)).toHaveLength(
        count,
      );
    }
  });

  it('each finding shows steps that add up to its stored score, by the formula that made it', async () => {
    const ines = await at.person('Ines Kovar', 'admin');
    await runOperation(setScoringTerms, at.deps, ines, { terms: withIsolated(-3), basedOn: 'v2' });
    await apply();
    const stored = await scores();
    for (const [id, score] of [...stored].slice(0, 25)) {
      const finding = await runOperation(getFinding, at.deps, ines, { id });
      expect(finding.scoreBreakdown).toMatchObject({ score, formula: 'v2.1' });
      expect(finding.score).toBe(score);
    }
  });

  it('every score that moved is a step in history, and a second run finds nothing to do', async () => {
    const ines = await at.person('Ines Kovar', 'admin');
    await apply();
    await runOperation(setScoringTerms, at.deps, ines, { terms: withIsolated(-2), basedOn: 'v2' });
    const steps = async () => (await at.events("cause = 're-score'")).length;
    const [before, first] = [await steps(), await apply()];
    const moved = Number.parseInt(first.message.replaceAll(',', ''), 10);

    expect(moved).toBeGreaterThan(0);
    expect((await steps()) - before).toBe(moved);
    expect(await apply()).toEqual({ outcome: 'done', message: '0 scores changed.' });
  });

  it('versions go on counting, the default has its own name, and whoever read older points is told', async () => {
    const ines = await at.person('Ines Kovar', 'admin');
    const set = (terms: ScoringTerms, basedOn: string) =>
      runOperation(setScoringTerms, at.deps, ines, { terms, basedOn }).then(({ version }) => version);

    expect(await set(withIsolated(-3), 'v2')).toBe('v2.1');
    await expect(set(withIsolated(-4), 'v2')).rejects.toThrow('v2.1 is in force');
    expect((await runOperation(getScoringTerms, at.deps, ines, {})).reach.isolated).toBe(-3);
    expect(await set(DEFAULT_SCORING_TERMS, 'v2.1')).toBe('v2');
    expect(await set(withIsolated(-3), 'v2')).toBe('v2.3');
    const { rows } = await at.fixture.database.pool.query(
      "select detail from activity where action = 'scoring-changed' order by at, id",
    );
    expect(rows.map(({ detail }) => detail)).toEqual([
      'Formula v2 becomes v2.1.',
      'Formula v2.1 becomes v2.',
      'Formula v2 becomes v2.3.',
    ]);
  });

  it('of two people who save at once, one is told', async () => {
    const ines = await at.person('Ines Kovar', 'admin');
    const set = (isolated: number) =>
      runOperation(setScoringTerms, at.deps, ines, { terms: withIsolated(isolated), basedOn: 'v2' });
    const both = await Promise.allSettled([set(-3), set(-4)]);

    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('whoever changes points waits for what is being written by those of before', async () => {
    const ines = await at.person('Ines Kovar', 'admin');
    const order: string[] = [];
    let saved: Promise<unknown> = Promise.resolve();
    await at.deps.atomically(async (tx) => {
      expect((await tx.scoring.hold()).version).toBe('v2');
      saved = runOperation(setScoringTerms, at.deps, ines, { terms: withIsolated(-3), basedOn: 'v2' }).then(() =>
        order.push('changed'),
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
      order.push('written');
    });
    await saved;

    expect(order).toEqual(['written', 'changed']);
  });

  it('only who may change settings changes or previews them', async () => {
    const viewer = await at.person('Vera Lind', 'viewer');
    const input = { terms: DEFAULT_SCORING_TERMS, basedOn: 'v2', preview: true };

    await expect(runOperation(setScoringTerms, at.deps, viewer, input)).rejects.toMatchObject({
      code: 'access-denied',
    });
  });

  it('points by which more danger would count less are refused with the field', async () => {
    const ines = await at.person('Ines Kovar', 'admin');
    const terms = { ...DEFAULT_SCORING_TERMS, reach: { ...DEFAULT_SCORING_TERMS.reach, internet: -1 } };

    await expect(runOperation(setScoringTerms, at.deps, ines, { terms, basedOn: 'v2' })).rejects.toMatchObject({
      code: 'invalid-input',
      fields: { 'reach.internet': expect.stringContaining('less than') },
    });
  });
});
