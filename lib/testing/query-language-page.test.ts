import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { QUERY_FIELDS, QUERY_KEYS } from '../core/findings/query/query-fields.ts';

it('the page about the language names each key with its words', () => {
  const page = readFileSync(new URL('../../docs/query-language.md', import.meta.url), 'utf8');
  for (const key of QUERY_KEYS) {
    const { description, words, inspector } = QUERY_FIELDS[key];
    const row = page.split('\n').find((line) => line.includes(`| ${description}`));
    expect(row, key).toContain(key === 'tag' ? '`tag.<Key>`' : `\`${key}\``);
    for (const word of Object.keys(words)) expect(row, key).toContain(`\`${word}\``);
    expect(row, key).toContain(`| ${inspector ?? ''}`);
  }
});
