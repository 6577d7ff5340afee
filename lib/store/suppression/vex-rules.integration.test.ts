import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../core/model/permissions.ts';
import type { VexStatement } from '../../core/model/vex.ts';
import { runOperation } from '../../operations/operation.ts';
import { endSuppressionRule } from '../../operations/suppression/end-suppression-rule.ts';
import { listSuppressionRules } from '../../operations/suppression/list-suppression-rules.ts';
import { listVexHidden } from '../../operations/suppression/list-vex-hidden.ts';
import { openRuleFixture, type RuleFixture } from '../../testing/rule-fixture.ts';
import { addResource } from '../../testing/store-fixture.ts';

let fixture: RuleFixture;
let sam: Caller;

beforeEach(async () => {
  fixture = await openRuleFixture();
  sam = await fixture.person('sam', 'admin');
});

afterEach(() => fixture?.close());

const said: VexStatement = {
  names: ['CVE-2026-0001', 'GHSA-aaaa-bbbb-cccc'],
  status: 'not_affected',
  justification: 'vulnerable_code_not_in_execute_path',
  purl: 'pkg:npm/%40acme/left-pad@1.3.0',
  author: 'Acme',
  at: new Date('2026-02-01T00:00:00Z'),
};
const use = (statement: VexStatement) => ({ vulnerability: 'CVE-2026-0001', purl: statement.purl, statement });
const listed = async (by: Caller = sam) => (await runOperation(listSuppressionRules, fixture.deps, by, {})).vex;

describe('a supplier’s statement', () => {
  it('is a read-only rule with its reason and source, which lists what it hides', async () => {
    const host = await addResource(fixture.stores, 'i-1');
    await fixture.stores.suppression.saveVexUses(new Map([[host, [use(said)]]]), fixture.now());

    const [rule] = await listed();
    const hidden = await runOperation(listVexHidden, fixture.deps, sam, { id: rule?.id });
    const ended = runOperation(endSuppressionRule, fixture.deps, sam, { id: rule?.id, reason: 'No.' });

    expect(rule).toMatchObject({
      query: 'cve:CVE-2026-0001 package:left-pad',
      product: 'pkg:npm/%40acme/left-pad@1.3.0',
      status: 'not_affected',
      reason: 'vulnerable_code_not_in_execute_path',
      source: 'Acme',
      saidAt: said.at,
      hidden: 1,
    });
    expect(hidden.rows).toEqual([
      {
        resource: 'i-1',
        resourceName: 'i-1',
        accountId: '111122223333',
        vulnerability: 'CVE-2026-0001',
        purl: said.purl,
      },
    ]);
    await expect(ended).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is one rule however many resources it is about, and none when it is about none any more', async () => {
    const [a, b] = [await addResource(fixture.stores, 'i-1'), await addResource(fixture.stores, 'i-2')];
    const both = new Map([a, b].map((host) => [host, [use(said)]] as const));
    await fixture.stores.suppression.saveVexUses(both, fixture.now());
    const two = await listed();
    await fixture.stores.suppression.saveVexUses(both, fixture.now());
    await fixture.stores.suppression.saveVexUses(new Map([[b, []]]), fixture.now());
    const one = await listed();
    await fixture.stores.suppression.saveVexUses(new Map([[a, [use({ ...said, status: 'fixed' })]]]), fixture.now());

    expect(two.map(({ hidden }) => hidden)).toEqual([2]);
    expect(one.map(({ hidden }) => hidden)).toEqual([1]);
    expect((await listed()).map(({ status }) => status)).toEqual(['fixed']);
  });

  it('shows a reader nothing of accounts outside of their scope', async () => {
    const host = await addResource(fixture.stores, 'i-1');
    await fixture.stores.suppression.saveVexUses(new Map([[host, [use(said)]]]), fixture.now());
    const stranger = await fixture.person('sue', 'viewer', ['444455556666']);
    const [rule] = await listed();

    expect(await listed(stranger)).toEqual([]);
    expect(await runOperation(listVexHidden, fixture.deps, stranger, { id: rule?.id })).toEqual({ rows: [] });
  });

  it('judges no finding by itself: what it hides was decided package by package', async () => {
    const host = await addResource(fixture.stores, 'i-1');
    await fixture.stores.suppression.saveVexUses(new Map([[host, [use(said)]]]), fixture.now());

    expect(await fixture.deps.suppression.due(fixture.inDays(400), fixture.inDays(400))).toEqual([]);
  });
});
