import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, namesOf, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { gemfileLock, parseGemfileLock } from './gemfile-lock.ts';

/** What both scanners of OSV publish. */
const OSV_FIXTURES = {
  'has-git-gem.lock': yields(
    'hanami-controller@2.0.0.alpha1 hanami-utils@2.0.0.alpha1 concurrent-ruby@1.1.7 rack@2.2.3 transproc@1.1.1',
  ),
  'has-local-gem.lock': yields(29, 'gems of a folder of the project'),
  'multiple-gems.lock': yields(
    'bundler-audit@0.9.0.1 coderay@1.1.3 dotenv@2.7.6 method_source@1.0.0 pry@0.14.1 thor@1.2.1',
  ),
  'no-gem-section.lock': holdsNone('The file lists no package'),
  'no-gems.lock': holdsNone('The file lists no package'),
  'no-spec-section.lock': holdsNone('The file lists no package'),
  'one-gem.lock': yields('ast@2.4.2'),
  'rails.lock': yields(46),
  'rubocop.lock': yields(
    'ast@2.4.2 parallel@1.21.0 parser@3.1.1.0 rainbow@3.1.1 regexp_parser@2.2.1 rexml@3.2.5 rubocop@1.25.1 rubocop-ast@1.16.0 ruby-progressbar@1.11.0 unicode-display_width@2.1.0',
  ),
  'some-gems.lock': yields('coderay@1.1.3 method_source@1.0.0 pry@0.14.1'),
};

describe('lock files of Bundler', () => {
  it.each([
    ['srv/app/Gemfile.lock', true],
    ['srv/app/gems.locked', true],
    ['srv/app/Gemfile.next.lock', true],
    ['Gemfile', false],
    ['usr/lib/ruby/gems/3.1.0/gems/thor-1.2.1/Gemfile.lock', false],
  ])('%s: %s', (path, wanted) => {
    expect(gemfileLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it('keep gems of git and leave out those of a folder; the platform is no part of a version', () => {
    const text =
      'PATH\n  remote: .\n  specs:\n    own (1.0.0)\n\nGIT\n  remote: https://x/y.git\n  specs:\n    forked (2.0.0.alpha1)\n\n' +
      'PLUGIN SOURCE\n  remote: https://x/z\n  type: other\n  specs:\n    plugged (0.1)\n\nGEM\n  specs:\n    nokogiri (1.15.0-x86_64-linux)\n' +
      '    nokogiri (1.15.0)\n      racc (~> 1.4)\n    google-protobuf (3.22.0-java)\n';
    const result = parseGemfileLock(text, 'Gemfile.lock');

    expect(namesOf(result)).toBe('forked@2.0.0.alpha1 plugged@0.1 nokogiri@1.15.0 google-protobuf@3.22.0');
    expect(result.packages[0]).toMatchObject({ packageManager: 'BUNDLER', purl: 'pkg:gem/forked@2.0.0.alpha1' });
    expect(result.diagnostics.map(({ message }) => message)).toEqual([
      '1 entry was left out: gems of a folder of the project.',
    ]);
  });

  it('every published lock file of Bundler yields its gems or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-detector/bundler', parseGemfileLock, OSV_FIXTURES);
    expectFixtures(ctx, 'osv-scalibr/ruby/gemfilelock', parseGemfileLock, {
      ...OSV_FIXTURES,
      'invalid.lock': refuses('the first at "invalid-name"'),
      'source-section-at-end.lock': yields('ast@2.4.2'),
    });
    expectFixtures(ctx, 'trivy-parsers/ruby/bundler', parseGemfileLock, {
      'Gemfile_bundler2.lock': yields(
        'coderay@1.1.3 concurrent-ruby@1.1.10 dotenv@2.7.6 faker@2.21.0 i18n@1.10.0 json@2.6.2 method_source@1.0.0 pry@0.14.1',
      ),
      'Gemfile_malformed.lock': refuses('The file is no lock file of Bundler'),
      'Gemfile_normal.lock': yields(
        'coderay@1.1.2 concurrent-ruby@1.1.5 dotenv@2.7.2 faker@1.9.3 i18n@1.6.0 method_source@0.9.2 pry@0.12.2',
      ),
    });
    expectFixtures(
      ctx,
      'syft/ruby',
      parseGemfileLock,
      {
        'Gemfile.lock': yields(51, 'gems of a folder of the project'),
        'glob-paths/src/Gemfile.lock': refuses('The file is no lock file of Bundler'),
        'glob-paths/src/Gemfile.next.lock': refuses('The file is no lock file of Bundler'),
      },
      /Gemfile/,
    );
  });

  it('of a million lines take seconds and stay bounded', { timeout: 30_000 }, () => {
    const started = performance.now();
    const line = (n: number) => `    gem${n} (1.0.${n})\n      other (~> ${n})\n      third\n`;
    const text = `GEM\n  specs:\n${Array.from({ length: 333_333 }, (_, n) => line(n)).join('')}`;
    const result = parseGemfileLock(text, 'Gemfile.lock');

    expect(result.packages).toHaveLength(200_000);
    expect(result.complete).toBe(false);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
