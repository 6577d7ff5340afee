import { describe, expect, it } from 'vitest';
import { expectFixtures, namesOf, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { gemspec, parseGemspec } from './gemspec.ts';

describe('installed gems', () => {
  it.each([
    ['usr/lib/ruby/gems/3.1.0/specifications/rake-13.0.3.gemspec', true],
    ['usr/lib/ruby/gems/3.1.0/specifications/default/json-2.6.gemspec', true],
    ['srv/app/own.gemspec', false],
    ['usr/lib/ruby/gems/3.1.0/gems/rake-13.0.3/rake.gemspec', false],
  ])('%s: %s', (path, wanted) => {
    expect(gemspec.wants(path, listedFile(path))).toBe(wanted);
  });

  it.each([
    ['s.name = "rake".freeze', 's.version = "13.0.3"'],
    ["s.name = 'rake'", "s.version = Gem::Version.new('13.0.3')"],
    ['s.name = %q{rake}', 's.version = %q{13.0.3}'],
    ['s.name   =   "rake" # why', 's.version= "13.0.3".freeze'],
  ])('are named by literals: %s', (name, version) => {
    const text = `Gem::Specification.new do |s|\n  ${name}\n  ${version}\nend\n`;

    expect(namesOf(parseGemspec(text, 'x.gemspec'))).toBe('rake@13.0.3');
  });

  it.each(['VERSION', '"1.0#{suffix}"', 'File.read("VERSION")', '`id`', '"a\\x41"'])(
    'are never computed: %s',
    (value) => {
      const text = `Gem::Specification.new do |s|\n  s.name = "x"\n  s.version = ${value}\nend\n`;

      expect(parseGemspec(text, 'x.gemspec')).toMatchObject({ packages: [], complete: false });
    },
  );

  it('every published specification yields its gem or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-scalibr/ruby/gemspec', parseGemspec, {
      'badspec.gemspec': refuses('The file has no block of a gem specification'),
      'empty.gemspec': refuses('The file has no block of a gem specification'),
      'invalid.gemspec': refuses('The name is not written as a literal, and nothing is run to learn it'),
      'rss-0.2.9.gemspec': yields('rss@0.2.9'),
      'version_constant/version_constant.gemspec': refuses(
        'The version of example_app is not written as a literal, and nothing is',
      ),
      'version_constant_class/version_constant_class.gemspec': refuses(
        'The version of example_app is not written as a literal, and nothing is',
      ),
      'version_constant_conditional/version_constant_conditional.gemspec': refuses(
        'The version of example_app_conditional is not written as a literal, an',
      ),
      'version_constant_different_casing/version_constant_different_casing.gemspec': refuses(
        'The version of example_app is not written as a literal, and nothing is',
      ),
      'version_constant_dirname/version_constant_dirname.gemspec': refuses(
        'The version of example_app_dirname is not written as a literal, and no',
      ),
      'version_constant_expand/version_constant_expand.gemspec': refuses(
        'The version of example_app_expand is not written as a literal, and not',
      ),
      'version_constant_expand_join/version_constant_expand_join.gemspec': refuses(
        'The version of example_app_expand_join is not written as a literal, an',
      ),
      'version_constant_freeze/version_constant_freeze.gemspec': refuses(
        'The version of example_app_freeze is not written as a literal, and not',
      ),
      'version_constant_join/version_constant_join.gemspec': refuses(
        'The version of example_app_join is not written as a literal, and nothi',
      ),
      'version_constant_join_multiline/version_constant_join_multiline.gemspec': refuses(
        'The version of example_app_join_multiline is not written as a literal,',
      ),
      'version_constant_missing/version_constant_missing.gemspec': refuses(
        'The version of example_missing is not written as a literal, and nothin',
      ),
      'version_constant_require/version_constant_require.gemspec': refuses(
        'The version of example_app_require is not written as a literal, and no',
      ),
      'version_inline.gemspec': refuses('The version of example_inline is not written as a literal, and nothing'),
      'version_load_path/version_load_path.gemspec': refuses(
        'The version of example_app is not written as a literal, and nothing is',
      ),
      'version_method/version_method.gemspec': refuses(
        'The version of example_app is not written as a literal, and nothing is',
      ),
      'yaml-0.2.1.gemspec': yields('yaml@0.2.1'),
    });
    expectFixtures(ctx, 'trivy-parsers/ruby/gemspec', parseGemspec, {
      'license.gemspec': yields('async@1.25.0'),
      'malformed00.gemspec': refuses('The name is not written as a literal, and nothing is run to learn it'),
      'malformed01.gemspec': refuses('The version of async is not written as a literal, and nothing is run t'),
      'multiple_licenses.gemspec': yields('test-unit@3.3.7'),
      'normal00.gemspec': yields('rake@13.0.3'),
      'normal01.gemspec': yields('async@1.25.0'),
    });
    expectFixtures(
      ctx,
      'syft/ruby',
      parseGemspec,
      {
        'bundler.gemspec': yields('bundler@2.1.4'),
        'formatador.gemspec': yields('formatador@1.1.0'),
        'glob-paths/specifications/pkg/nested.gemspec': refuses('The file has no block of a gem specification'),
        'glob-paths/specifications/root.gemspec': refuses('The file has no block of a gem specification'),
      },
      /gemspec$/,
    );
  });
});
