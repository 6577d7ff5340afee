import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, namesOf, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { composerInstalled, composerLock, parseComposerInstalled, parseComposerLock } from './composer-lock.ts';

describe('lists of Composer', () => {
  it.each([
    ['srv/composer.lock', true],
    ['srv/vendor/twig/twig/composer.lock', false],
  ])('%s: %s', (path, wanted) => {
    expect(composerLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it.each([
    ['srv/vendor/composer/installed.json', true],
    ['srv/installed.json', false],
  ])('%s: %s', (path, wanted) => {
    expect(composerInstalled.wants(path, listedFile(path))).toBe(wanted);
  });

  it('keep versions as they are written and leave out packages of a folder', () => {
    const text =
      '{"packages":[{"name":"Twig/Twig","version":"v3.4.0"},{"name":"own/x","version":"dev-main","dist":{"type":"path"}}],"packages-dev":[{"name":"a/b","version":"1.0"}]}';
    const result = parseComposerLock(text, 'composer.lock');

    expect(namesOf(result)).toBe('Twig/Twig@v3.4.0 a/b@1.0');
    expect(result.packages[0]).toMatchObject({ packageManager: 'COMPOSER', purl: 'pkg:composer/twig/twig@v3.4.0' });
  });

  it('every published list of Composer yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-detector/composer', parseComposerLock, {
      'drupal-packages.json': yields(
        'drupal/core@10.4.5 drupal/tfa@2.0.0-alpha4 theseer/tokenizer@1.1.3 drupal/field_time@1.0.0-beta5',
      ),
      'empty.json': holdsNone('The file lists no package'),
      'not-json.txt': refuses('The file is no lock file of Composer'),
      'one-package-dev.json': yields('sentry/sdk@2.0.4'),
      'one-package.json': yields('sentry/sdk@2.0.4'),
      'two-packages-alt.json': yields('sentry/sdk@2.0.4 theseer/tokenizer@1.1.3'),
      'two-packages.json': yields('sentry/sdk@2.0.4 theseer/tokenizer@1.1.3'),
    });
    expectFixtures(ctx, 'osv-scalibr/php/composerlock', parseComposerLock, {
      'drupal-packages.json': yields(
        'drupal/core@10.4.5 drupal/tfa@2.0.0-alpha4 theseer/tokenizer@1.1.3 drupal/field_time@1.0.0-beta5',
      ),
      'duplicate-packages.json': yields('sentry/sdk@2.0.4 sentry/sdk@2.0.5 sentry/sdk@3.0.0-dev'),
      'empty.json': holdsNone('The file lists no package'),
      'not-json.txt': refuses('The file is no lock file of Composer'),
      'null.jsontest': refuses('The file is no lock file of Composer'),
      'one-package-dev.json': yields('sentry/sdk@2.0.4'),
      'one-package.json': yields('sentry/sdk@2.0.4'),
      'two-packages-alt.json': yields('sentry/sdk@2.0.4 theseer/tokenizer@1.1.3'),
      'two-packages.json': yields('sentry/sdk@2.0.4 theseer/tokenizer@1.1.3'),
    });
    expectFixtures(ctx, 'trivy-parsers/php/composer', parseComposerLock, {
      'composer_happy.lock': yields(
        'guzzlehttp/guzzle@6.5.8 guzzlehttp/promises@1.5.2 guzzlehttp/psr7@1.9.0 psr/http-message@1.0.1 ralouphie/getallheaders@3.0.3 symfony/polyfill-intl-idn@v1.27.0 symfony/polyfill-intl-normalizer@v1.27.0 symfony/polyfill-php72@v1.27.0 pear/log@1.13.3 pear/pear_exception@v1.0.2',
      ),
    });
    expectFixtures(
      ctx,
      'syft/php',
      parseComposerLock,
      {
        'composer.lock': yields(
          'adoy/fastcgi-client@1.0.2 alcaeus/mongo-php-adapter@1.1.11 behat/gherkin@v4.6.2 codeception/codeception@4.1.6',
        ),
        'glob-paths/src/composer.lock': refuses('The file is no lock file of Composer'),
      },
      /composer\.lock$/,
    );
    expectFixtures(
      ctx,
      'syft/php',
      parseComposerInstalled,
      {
        'glob-paths/src/installed.json': refuses("The file is no list of Composer's installed packages"),
        'vendor/composer_1/installed.json': yields('asm89/stack-cors@1.3.0 behat/mink@v1.8.1'),
        'vendor/composer_2/installed.json': yields('asm89/stack-cors@1.3.0 behat/mink@v1.8.1'),
      },
      /installed\.json$/,
    );
  });
});
