import { describe, expect, it } from 'vitest';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import { sharedText } from '../../testing/shared-data.ts';
import { manifestWithoutLock } from './manifest-without-lock.ts';

const parse = (path: string, files: Readonly<Record<string, string>>) =>
  manifestWithoutLock.parse(path, memoryFileTree(files), { distro: null });

describe('a manifest that nothing locks', () => {
  it.each([
    ['srv/Gemfile', true],
    ['srv/composer.json', true],
    ['srv/Project.toml', true],
    ['srv/vendor/twig/twig/composer.json', false],
    ['usr/lib/ruby/gems/3.1.0/gems/thor-1.2.1/Gemfile', false],
    ['srv/Gemfile.lock', false],
    ['srv/package.json', true],
    ['srv/node_modules/a/package.json', false],
    ['usr/share/nodejs/a/package.json', false],
    ['root/.cargo/registry/src/x/serde-1.0.0/Cargo.toml', false],
  ])('%s: %s', (path, wanted) => {
    expect(manifestWithoutLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it('is said, since its packages are not known', async () => {
    const result = await parse('srv/Gemfile', { 'srv/Gemfile': 'gem "rails", "~> 7.0"' });

    expect(result).toMatchObject({
      packages: [],
      complete: true,
      diagnostics: [{ level: 'info', path: 'srv/Gemfile' }],
    });
    expect(result.diagnostics[0]?.message).toContain('Gemfile.lock');
  });

  it('is silent where the lock lies beside it or above', async () => {
    const above = { 'a/composer.lock': '{}', 'a/b/composer.json': '{}' };
    const installed = { 'a/composer.json': '{}', 'a/vendor/composer/installed.json': '[]' };

    expect((await parse('a/b/composer.json', above)).diagnostics).toEqual([]);
    expect((await parse('a/composer.json', installed)).diagnostics).toEqual([]);
  });

  it.each([
    ['package.json', '{"dependencies":{"a":"^1"}}', '{"name":"a","dependencies":{}}'],
    ['deno.json', '{"imports":{"a":"npm:a@1"},} // x', '{"tasks":{}}'],
    ['pyproject.toml', '[project]\ndependencies = ["a>=1"]', '[build-system]\nrequires = ["setuptools"]'],
    ['pyproject.toml', '[tool.poetry.group.x.dependencies]\na = "^1"', '[tool.poetry.dependencies]\npython = "^3.9"'],
    ['setup.py', 'setup(\n  install_requires=["a"],\n)', 'setup(name="a")'],
    ['Cargo.toml', '[target.x.dependencies]\na = "1"', '[package]\nname = "a"'],
  ])('%s speaks where it names packages, and where it cannot be read', async (name, full, empty) => {
    expect((await parse(name, { [name]: full })).diagnostics[0]?.message).toContain('names ranges');
    expect((await parse(name, { [name]: empty })).diagnostics).toEqual([]);
    const broken = (await parse(name, { [name]: '{[=' })).diagnostics;
    expect(broken.map(({ level }) => level)).toEqual(name === 'setup.py' ? [] : ['info']);
  });

  it('is silent about packages that are installed beside it', async () => {
    const files = { 'a/package.json': '{"dependencies":{"b":"1"}}', 'a/node_modules/.package-lock.json': '{}' };

    expect((await parse('a/package.json', files)).diagnostics).toEqual([]);
  });

  it.for([
    ['gleam.toml', 'osv-scalibr/gleam/gleamtoml/deps-and-dev-deps.toml'],
    ['gleam.toml', 'osv-scalibr/gleam/gleamtoml/git-and-local-deps.toml'],
    ['gleam.toml', 'osv-scalibr/gleam/gleamtoml/no-deps.toml'],
    ['gleam.toml', 'osv-scalibr/gleam/gleamtoml/not-toml.txt'],
    ['gleam.toml', 'osv-scalibr/gleam/gleamtoml/only-deps.toml'],
    ['gleam.toml', 'osv-scalibr/gleam/gleamtoml/only-dev-deps.toml'],
    ['Project.toml', 'osv-scalibr/julia/projecttoml/project.toml'],
    ['Project.toml', 'osv-scalibr/julia/projecttoml/not-toml.txt'],
    ['pubspec.yaml', 'syft/dart/pubspecs/appainter.pubspec.yaml'],
    ['pubspec.yaml', 'syft/dart/pubspecs/macros.pubspec.yaml'],
    ['pubspec.yml', 'syft/dart/glob-paths/spec/pubspec.yml'],
    ['paket.dependencies', 'osv-scalibr/dotnet/paketdependencies/paket.dependencies'],
    ['paket.dependencies', 'osv-scalibr/dotnet/paketdependencies/duplicate/paket.dependencies'],
    ['paket.dependencies', 'osv-scalibr/dotnet/paketdependencies/invalid/paket.dependencies'],
  ] as const)('published %s of %s says that no lock tells its versions', async ([name, file], ctx) => {
    const result = await parse(name, { [name]: sharedText(ctx, `lockfiles/${file}`) });

    expect(result.diagnostics[0]?.message).toContain('names ranges');
  });

  it('published manifest beside its lock leaves the word to the lock', async (ctx) => {
    const folder = 'trivy-parsers/julia/manifest/julia_v1.0_format';
    const files = Object.fromEntries(
      ['Project.toml', 'Manifest.toml'].map((name) => [name, sharedText(ctx, `lockfiles/${folder}/${name}`)]),
    );

    expect((await parse('Project.toml', files)).diagnostics).toEqual([]);
  });
});
