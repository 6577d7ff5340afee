import { describe, expect, it } from 'vitest';
import { packageList } from './package-list.ts';

const list = () => packageList({ path: 'x.lock', ecosystem: 'pub', packageManager: 'OTHER' });

describe('the packages of a file', () => {
  it('are kept once each', () => {
    const packages = list();
    packages.add({ name: 'a', version: '1.0' });
    packages.add({ name: 'a', version: '1.0' });
    packages.add({ name: 'a', version: '2.0' });

    expect(packages.result().packages.map(({ purl }) => purl)).toEqual(['pkg:pub/a@1.0', 'pkg:pub/a@2.0']);
  });

  it('what was left out is said by reason and takes nothing from completeness', () => {
    const packages = list();
    packages.leaveOut('ranges are no versions');
    packages.leaveOut('ranges are no versions');

    expect(packages.result()).toEqual({
      packages: [],
      diagnostics: [{ level: 'info', path: 'x.lock', message: '2 entries were left out: ranges are no versions.' }],
      complete: true,
    });
  });

  it('what nobody can read leaves the inventory incomplete, in printable signs', () => {
    const packages = list();
    packages.malformed('a\u0007b');
    packages.add({ name: 'with blank', version: '1' });
    packages.add({ name: 'not.allowed.by.pub', version: '1' });

    expect(packages.result()).toEqual({
      packages: [],
      diagnostics: [{ level: 'warning', path: 'x.lock', message: '3 entries could not be read, the first at "a?b".' }],
      complete: false,
    });
  });

  it('an empty file says so', () => {
    expect(list().result().diagnostics).toMatchObject([{ level: 'info', message: 'The file lists no package.' }]);
  });

  it('are no more than 200,000, and more are said to be missing', () => {
    const packages = list();
    for (let n = 0; n < 200_002; n += 1) {
      packages.add({ name: `a${n}`, version: '1' });
    }
    const result = packages.result();

    expect(result.packages).toHaveLength(200_000);
    expect(result).toMatchObject({ complete: false, diagnostics: [{ level: 'warning' }] });
    expect(result.diagnostics[0]?.message).toContain('more than 200000 packages');
  });
});
