import { expect, it } from 'vitest';
import { guessKind } from './guess-kind.ts';

it.each([
  ['bom.cdx.json', 'sbom'],
  ['app.spdx', 'sbom'],
  ['BOM.XML', 'sbom'],
  ['checkout-fn.zip', 'function'],
  ['app-src.zip', 'source'],
  ['repo.tar.gz', 'source'],
  ['image.tar', 'image'],
  ['app.tar.zst', 'image'],
  ['anything', 'image'],
])('%s is likeliest a %s', (name, kind) => {
  expect(guessKind(name)).toBe(kind);
});
