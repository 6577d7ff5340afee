import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recents, rememberRecent } from './recents.ts';

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

afterEach(() => vi.unstubAllGlobals());

describe('recents of the palette', () => {
  it('are the newest first, each once, and few', () => {
    for (let n = 1; n <= 9; n += 1) rememberRecent({ label: `CVE-${n}`, href: `/vulnerabilities/CVE-${n}` });
    rememberRecent({ label: 'CVE-8', href: '/vulnerabilities/CVE-8' });

    expect(recents().map(({ label }) => label)).toEqual(['CVE-8', 'CVE-9', 'CVE-7', 'CVE-6', 'CVE-5', 'CVE-4']);
  });

  it.each([
    'not json',
    '{}',
    '[1, null]',
    '[{"label":"x","href":"//evil.example"}]',
    '[{"label":"x","href":"javascript:1"}]',
  ])('that somebody wrote by hand lead nowhere: %s', (text) => {
    kept.set('harrier.recents', text);

    expect(recents()).toEqual([]);
  });
});
