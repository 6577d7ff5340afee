import { describe, expect, it } from 'vitest';
import { compareVersions } from './compare-versions.ts';
import { SCHEME_IDS } from './scheme.ts';
import { tag } from './tag.ts';

describe('tags', () => {
  it.each(['v1.2', 'R_2_4_0', 'release/2024-01', 'unstable', 'curl-7_65_3'])('%s is equal to itself alone', (text) => {
    expect(compareVersions(tag, text, text)).toBe(0);
    expect(compareVersions(tag, text, `${text}.0`)).not.toBe(0);
    expect(compareVersions(tag, text, text.toUpperCase().replace('R', 'r'))).not.toBe(0);
  });

  it.each(['', ' ', 'one two', '1.0\n', '\u0000', '1'.repeat(10_000_000)])('refuse what Git refuses', (hostile) => {
    expect(tag.parse(hostile)).toBeNull();
  });

  it('are no scheme that anyone can order by', () => {
    expect(tag.hasOrder).toBe(false);
    expect(SCHEME_IDS).not.toContain('tag');
  });
});
