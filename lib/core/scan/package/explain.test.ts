import { describe, expect, it } from 'vitest';
import { buildAdvisory } from '../../../testing/build-advisory.ts';
import { memoryAdvisoryIndex } from '../../../testing/memory-advisory-index.ts';
import { explain } from './explain.ts';

const MAY = new Date('2026-05-01T00:00:00Z');
const JUNE = new Date('2026-06-01T00:00:00Z');
const index = memoryAdvisoryIndex([
  buildAdvisory({
    id: 'DSA-1',
    upstream: ['CVE-2026-1001'],
    published: MAY,
    modified: MAY,
    affects: [['Debian:12', 'openssl', [{ introduced: '0' }, { fixed: '3.0.11-1~deb12u2' }]]],
  }),
  buildAdvisory({
    id: 'GHSA-aaaa-bbbb-cccc',
    aliases: ['CVE-2026-1002'],
    published: JUNE,
    modified: JUNE,
    affects: [
      ['npm', 'left-pad', [{ introduced: '1.0.0' }, { fixed: '1.4.2' }, { introduced: '2.0.0' }, { fixed: '2.1.0' }]],
      ['npm', 'right-pad', [{ introduced: '0' }, { lastAffected: '3.0.0' }]],
    ],
  }),
  buildAdvisory({ id: 'DSA-2', modified: JUNE, affects: [['Debian:13', 'bash', [{ introduced: '0' }]]] }),
  buildAdvisory({
    id: 'DEBIAN-CVE-2026-1003',
    upstream: ['CVE-2026-1003'],
    modified: MAY,
    affects: [
      ['Debian:12', 'bash', []],
      ['Debian:12', 'dash', [{ introduced: '0' }, { fixed: '0' }]],
      ['Debian:12', 'zsh', [{ introduced: '0' }, { fixed: '5.8-1' }]],
    ],
  }),
  buildAdvisory({ id: 'GHSA-gone', withdrawn: JUNE, affects: [] }),
]);

describe('why', () => {
  it.each([
    ['CVE-2026-1001', 'Debian:12', 'openssl', '3.0.9-1', 'affected', 'covered', '< 3.0.11-1~deb12u2'],
    ['CVE-2026-1001', 'Debian:12', 'openssl', '3.0.11-1~deb12u2', 'not affected', 'fixed-by-backport', 'distribution'],
    ['CVE-2026-1001', 'Debian:12', 'openssl', '3.0.13-1', 'not affected', 'fixed', 'fixed since 3.0.11-1~deb12u2'],
    ['CVE-2026-1001', 'Debian:13', 'openssl', '3.0.9-1', 'not affected', 'other-release', 'in Debian:12'],
    ['CVE-2026-1001', 'Debian:11', 'openssl', '1.1.1-1', 'not known', 'index-older', 'no advisories of Debian:11'],
    ['CVE-2026-1001', 'Debian:12', 'bash', '5.2-1', 'not affected', 'other-package', 'Debian:12/openssl'],
    ['CVE-2026-1002', 'npm', 'left-pad', '0.9.0', 'not affected', 'not-yet-introduced', 'came in with 1.0.0'],
    ['CVE-2026-1002', 'npm', 'left-pad', '1.5.0', 'not affected', 'between-ranges', 'came back in 2.0.0'],
    ['CVE-2026-1002', 'npm', 'left-pad', '2.0.5', 'affected', 'covered', 'fixed in 2.1.0'],
    ['CVE-2026-1002', 'npm', 'right-pad', '3.0.1', 'not affected', 'after-last-affected', '3.0.0 is the last'],
    ['CVE-2026-1002', 'npm', 'left-pad', 'latest', 'undecidable', 'undecidable', 'is not a semver version'],
    ['CVE-2026-1002', 'Debian:12', 'node-left-pad', '1.0-1', 'not known', 'index-older', 'from 2026-05-01'],
    ['CVE-2026-1002', 'PyPI', 'left-pad', '1.0', 'not known', 'index-older', 'no advisories of PyPI'],
    [
      'CVE-2026-1003',
      'Debian:12',
      'bash',
      '0~git1-1',
      'not affected',
      'not-affected-per-vendor',
      'DEBIAN-CVE-2026-1003 says',
    ],
    [
      'CVE-2026-1003',
      'Debian:12',
      'dash',
      '1.0-1',
      'not affected',
      'not-affected-per-vendor',
      'Debian:12/dash is not affected',
    ],
    ['CVE-2026-1003', 'Debian:12', 'zsh', '5.9-1', 'not affected', 'fixed', 'fixed since 5.8-1'],
    ['GHSA-gone', 'npm', 'left-pad', '1.0.0', 'not affected', 'withdrawn', 'withdrawn on 2026-06-01'],
    ['CVE-2026-9999', 'npm', 'left-pad', '1.0.0', 'not known', 'not-in-index', 'newest record of npm is of 2026-06-01'],
    ['CVE-2026-9999', 'Nowhere', 'left-pad', '1.0.0', 'undecidable', 'undecidable', 'Nowhere is not known'],
  ])('%s in %s %s %s: %s, %s', (id, ecosystem, name, version, answer, code, words) => {
    const explanation = explain(id, { ecosystem, name, version }, index);

    expect(explanation).toMatchObject({ answer, reasons: [{ code }] });
    expect(explanation.reasons[0]?.text).toContain(words);
  });
});
