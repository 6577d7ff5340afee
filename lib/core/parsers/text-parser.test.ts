import { describe, expect, it } from 'vitest';
import { memoryFileTree } from '../../testing/memory-file-tree.ts';
import { found } from './parse-result.ts';
import { isUnpacked, textParser } from './text-parser.ts';

describe('a parser of texts', () => {
  const seen: string[] = [];
  const parser = textParser({
    id: 'x/y',
    wants: () => true,
    bytesMax: 10,
    parse(text) {
      seen.push(text);
      return found([]);
    },
  });

  it('never sees a byte order mark, two kinds of line ends, or a file beyond its bound', async () => {
    const tree = memoryFileTree({ a: '\uFEFFa\r\nb\n', b: 'x'.repeat(11), c: Uint8Array.of(0xff, 0x61) });
    const results = [];
    for (const path of ['a', 'b', 'c', 'missing']) {
      results.push((await parser.parse(path, tree, { distro: null })).complete);
    }

    expect(seen).toEqual(['a\nb\n', '\uFFFDa']);
    expect(results).toEqual([true, false, true, false]);
  });

  it.each([
    ['srv/node_modules/a/Podfile.lock', true],
    ['usr/lib/python3/site-packages/a/environment.yml', true],
    ['usr/lib/ruby/gems/3.1.0/gems/thor-1.2.1/Gemfile.lock', true],
    ['srv/vendor/golang.org/x/telemetry/package-lock.json', true],
    ['srv/vendor/acme/theme/package-lock.json', false],
    ['srv/gems/Gemfile.lock', false],
    ['srv/my-gems-1/Gemfile.lock', false],
  ])('%s came inside an unpacked package: %s', (path, unpacked) => {
    expect(isUnpacked(path)).toBe(unpacked);
  });
});
