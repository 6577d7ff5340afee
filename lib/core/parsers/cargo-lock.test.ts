import { describe, expect, it } from 'vitest';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { sharedText } from '../../testing/shared-data.ts';
import { cargoLock, parseCargoLock } from './cargo-lock.ts';
import type { ParseResult } from './parser.ts';

const named = ({ packages }: ParseResult): readonly string[] =>
  packages.map(({ name, version }) => `${name} ${version}`);
const REGISTRY = 'source = "registry+https://github.com/rust-lang/crates.io-index"';

describe('Cargo.lock', () => {
  it('is wanted in source trees', () => {
    expect(
      ['Cargo.lock', 'a/Cargo.lock', 'root/.cargo/registry/src/x/Cargo.lock', 'cargo.lock'].map((path) =>
        cargoLock.wants(path, listedFile(path)),
      ),
    ).toEqual([true, true, false, false]);
  });

  it('yields crates of registries and repositories, not those of the workspace', () => {
    const text = `\uFEFFversion = 3\r\n[[package]]\r\nname = "own"\r\nversion = "0.1.0"\r\n[[package]]\nname = "a_b"\nversion = "1.0.0+build"\n${REGISTRY}\n[[package]]\nname = "g"\nversion = "2.0.0"\nsource = "git+https://x/y#abc"\n`;
    const result = parseCargoLock(text, 'Cargo.lock');

    expect(named(result)).toEqual(['a_b 1.0.0+build', 'g 2.0.0']);
    expect(result.packages[0]).toMatchObject({ purl: 'pkg:cargo/a_b@1.0.0+build', packageManager: 'CARGO' });
    expect(result.diagnostics).toMatchObject([{ level: 'info' }]);
  });

  it('reads real files of every version', (ctx) => {
    const at = (path: string): ParseResult => parseCargoLock(sharedText(ctx, `lockfiles/${path}`), 'p');

    expect(named(at('trivy-parsers/rust/cargo/cargo_normal.lock'))).toContain('typemap 0.3.3');
    expect(at('trivy-parsers/rust/cargo/cargo_v3.lock').packages).toHaveLength(8);
    expect(named(at('trivy-parsers/rust/cargo/cargo_mixed.lock'))).toContain('url 1.7.2');
    expect(at('syft/rust/Cargo.lock')).toMatchObject({ complete: true });
    expect(at('syft/rust/Cargo.lock-with-git-deps').packages).toHaveLength(8);
    expect(at('osv-scalibr/rust/cargolock/duplicate.lock').packages).toHaveLength(2);
    expect(at('trivy-parsers/rust/cargo/cargo_invalid.lock')).toMatchObject({
      packages: [{ name: 'libc' }, {}, {}],
      complete: false,
    });
    expect(at('osv-scalibr/rust/cargolock/empty.lock')).toMatchObject({
      packages: [],
      complete: true,
      diagnostics: [{ level: 'info' }],
    });
  });

  it.each([
    '\0',
    '= = =',
    'package = 3',
    '[package]\na=1',
    `[[package]]\nname = 3\n${REGISTRY}`,
    `${'['.repeat(50_000)}`,
  ])('hostile text %# is incomplete', (text) => {
    expect(parseCargoLock(text, 'p')).toMatchObject({ packages: [], complete: false });
  });

  it('a million lines are read in time', () => {
    const text = Array.from(
      { length: 200_000 },
      (_, n) => `[[package]]\nname = "a${n}"\nversion = "1.0.0"\n${REGISTRY}\n`,
    ).join('\n');
    const start = performance.now();

    expect(parseCargoLock(text, 'p').packages).toHaveLength(200_000);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
