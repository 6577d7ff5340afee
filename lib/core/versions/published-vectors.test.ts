import { describe, expect, it } from 'vitest';
import { sharedText } from '../../testing/shared-data.ts';
import { compareVersions } from './compare-versions.ts';
import { CONTRADICTED_VECTORS } from './contradicted-vectors.ts';
import { schemes } from './registry.ts';
import type { SchemeId } from './scheme.ts';
import { readVectors, VECTOR_FILES } from './vectors.ts';

describe('every vector that other projects publish is right', () => {
  for (const [file, id] of VECTOR_FILES) {
    it(`of ${id}, in ${file}`, (ctx) => {
      const vectors = readVectors(sharedText(ctx, `versions/${file}`));
      const contradicted = CONTRADICTED_VECTORS[id] ?? [];

      const wrong = vectors.filter(({ a, sign, b }) => !sign.includes(signOf(id, a, b))).map(({ text }) => text);

      expect(vectors.length).toBeGreaterThan(8);
      expect(wrong.filter((text) => !contradicted.some(({ vector }) => vector === text))).toEqual([]);
    });
  }

  it('what a vector says against its own tool or specification is answered as those have it', () => {
    for (const [id, list] of Object.entries(CONTRADICTED_VECTORS)) {
      for (const { vector, truth } of list) {
        const [a = '', b = ''] = vector.split(/ [<=>]+ /);
        expect(`${a} ${signOf(id as SchemeId, a, b)} ${b}`, vector).toBe(truth);
      }
    }
  });
});

function signOf(id: SchemeId, a: string, b: string): string {
  const order = compareVersions(schemes[id], a, b);
  return order === null ? '?' : (['<', '=', '>'][order + 1] ?? '?');
}
