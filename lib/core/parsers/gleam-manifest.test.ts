import { describe, expect, it } from 'vitest';
import { namesOf } from '../../testing/lock-file-fixtures.ts';
import { parseGleamManifest } from './gleam-manifest.ts';

describe('manifests of Gleam', () => {
  it('hold packages of Hex and of git, and leave out those of a folder', () => {
    const text =
      'packages = [\n  { name = "gleam_stdlib", version = "0.34.0", source = "hex", outer_checksum = "1F" },\n' +
      '  { name = "forked", version = "1.0.0", source = "git", repo = "x" },\n' +
      '  { name = "own", version = "1.0.0", source = "local", path = "../own" },\n]\n';
    const result = parseGleamManifest(text, 'manifest.toml');

    expect(namesOf(result)).toBe('gleam_stdlib@0.34.0 forked@1.0.0');
    expect(result.packages[0]?.purl).toBe('pkg:hex/gleam_stdlib@0.34.0');
  });

  it('another program may call a file so', () => {
    expect(parseGleamManifest('title = "x"\n', 'manifest.toml')).toMatchObject({ packages: [], complete: true });
    expect(parseGleamManifest('title = ', 'manifest.toml').complete).toBe(false);
  });
});
