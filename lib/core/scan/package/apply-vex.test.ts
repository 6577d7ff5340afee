import { describe, expect, it } from 'vitest';
import { buildAdvisory } from '../../../testing/build-advisory.ts';
import { buildInventory, buildPackage } from '../../../testing/build-inventory.ts';
import { memoryAdvisoryIndex } from '../../../testing/memory-advisory-index.ts';
import { resourceId } from '../../model/ids.ts';
import type { VexStatement } from '../../model/vex.ts';
import { explain } from './explain.ts';
import { matchInventory } from './scanner.ts';
import { vexBook } from './vex-book.ts';

const index = memoryAdvisoryIndex([
  buildAdvisory({
    id: 'GHSA-aaaa-bbbb-cccc',
    aliases: ['CVE-2026-0001'],
    affects: [['npm', 'left-pad', [{ introduced: '0' }, { fixed: '2.0.0' }]]],
  }),
]);
const inventory = buildInventory(null, [
  buildPackage({ ecosystem: 'npm', name: 'left-pad', version: '1.3.0', path: 'a/package.json' }),
  buildPackage({ ecosystem: 'npm', name: 'left-pad', version: '1.2.0', path: 'b/package.json' }),
]);

function said(fields: Partial<VexStatement>): VexStatement {
  return {
    names: ['CVE-2026-0001'],
    status: 'not_affected',
    justification: 'not called',
    purl: 'pkg:npm/left-pad@1.3.0',
    author: 'Vendor',
    at: new Date('2026-02-01T00:00:00Z'),
    ...fields,
  };
}

function places(...statements: readonly VexStatement[]): readonly string[] {
  const { observations } = matchInventory(inventory, index, resourceId('host:x'), vexBook(statements));
  return observations.flatMap(({ packages }) => packages.map(({ path }) => path));
}

describe('a supplier’s word', () => {
  it.each<[string, readonly VexStatement[], readonly string[]]>([
    ['nothing said leaves everything', [], ['b/package.json', 'a/package.json']],
    ['about one version ends that one alone', [said({})], ['b/package.json']],
    ['about no version ends them all', [said({ purl: 'pkg:npm/left-pad' })], []],
    ['by another name of the flaw counts', [said({ names: ['GHSA-aaaa-bbbb-cccc'] })], ['b/package.json']],
    ['that it is fixed counts', [said({ status: 'fixed' })], ['b/package.json']],
    ['that it is affected changes nothing', [said({ status: 'affected' })], ['b/package.json', 'a/package.json']],
    ['about another flaw changes nothing', [said({ names: ['CVE-2026-0002'] })], ['b/package.json', 'a/package.json']],
    [
      'about another package changes nothing',
      [said({ purl: 'pkg:npm/right-pad' })],
      ['b/package.json', 'a/package.json'],
    ],
    [
      'is what was said last',
      [said({ status: 'affected', at: new Date('2026-03-01T00:00:00Z') }), said({})],
      ['b/package.json', 'a/package.json'],
    ],
  ])('%s', (_rule, statements, left) => {
    expect(places(...statements)).toEqual(left);
  });

  it('is told in a diagnostic and in the answer to why', () => {
    const book = vexBook([said({})]);
    const { diagnostics } = matchInventory(inventory, index, resourceId('host:x'), book);
    const query = { ecosystem: 'npm', name: 'left-pad', version: '1.3.0' };
    const answer = explain('CVE-2026-0001', query, index, { book, purl: 'pkg:npm/left-pad@1.3.0' });

    expect(diagnostics.map(({ message }) => message)).toEqual([
      'left-pad 1.3.0: Vendor says of CVE-2026-0001: not affected (not called).',
    ]);
    expect(answer).toMatchObject({
      answer: 'not affected',
      reasons: [{ code: 'not-affected-per-vendor' }, { code: 'covered' }],
    });
  });

  it('is handed on with what it ended, so that it can be listed', () => {
    const statement = said({});
    const { vexUses } = matchInventory(inventory, index, resourceId('host:x'), vexBook([statement]));

    expect(vexUses).toEqual([{ vulnerability: 'CVE-2026-0001', purl: 'pkg:npm/left-pad@1.3.0', statement }]);
  });

  it('about a distribution’s package heeds epoch, architecture and release', () => {
    const book = vexBook([said({ purl: 'pkg:deb/ubuntu/shadow@4.8.1-2?epoch=1&arch=amd64&distro=jammy' })]);
    const ask = (purl: string) => book.statementOf(['CVE-2026-0001'], purl) !== null;

    expect(ask('pkg:deb/ubuntu/shadow@1:4.8.1-2?arch=amd64&distro=ubuntu-22.04')).toBe(true);
    expect(ask('pkg:deb/ubuntu/shadow@1:4.8.1-2?arch=arm64&distro=ubuntu-22.04')).toBe(false);
    expect(ask('pkg:deb/ubuntu/shadow@1:4.8.1-2?arch=amd64&distro=ubuntu-20.04')).toBe(false);
    expect(ask('pkg:deb/ubuntu/shadow@4.8.1-2?arch=amd64&distro=ubuntu-22.04')).toBe(false);
  });
});
