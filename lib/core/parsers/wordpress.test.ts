import { describe, expect, it } from 'vitest';
import { expectFixtures, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import {
  parsePluginHeader,
  parseThemeHeader,
  parseWordpressVersion,
  wordpressCore,
  wordpressPlugin,
  wordpressReadme,
  wordpressTheme,
} from './wordpress.ts';

describe('WordPress', () => {
  it.each([['srv/wp-includes/version.php', true]])('%s: %s', (path, wanted) => {
    expect(wordpressCore.wants(path, listedFile(path))).toBe(wanted);
  });

  it.each([
    ['srv/wp-content/plugins/akismet/akismet.php', true],
    ['srv/wp-content/plugins/hello.php', true],
    ['srv/wp-content/mu-plugins/x.php', true],
    ['srv/wp-content/plugins/akismet/views/a.php', false],
  ])('%s: %s', (path, wanted) => {
    expect(wordpressPlugin.wants(path, listedFile(path))).toBe(wanted);
  });

  it.each([
    ['srv/wp-content/themes/twenty/style.css', true],
    ['srv/wp-content/themes/twenty/css/style.css', false],
  ])('%s: %s', (path, wanted) => {
    expect(wordpressTheme.wants(path, listedFile(path))).toBe(wanted);
  });

  it('plugins and themes are named by their folder and their header', () => {
    const plugin = parsePluginHeader(
      '<?php\r\n/*\r\n * Plugin Name: X\r\n * Version: 5.0.1 */',
      'wp-content/plugins/akismet/main.php',
    );
    const single = parsePluginHeader('<?php /* Plugin Name: Hello\nVersion: 1.7.2\n*/', 'wp-content/plugins/hello.php');
    const theme = parseThemeHeader('/*\nTheme Name: T\nVersion: 2.1\n*/', 'wp-content/themes/twenty/style.css');

    expect([plugin, single, theme].map((result) => result.packages[0]?.purl)).toEqual([
      'pkg:wordpress/plugin/akismet@5.0.1',
      'pkg:wordpress/plugin/hello@1.7.2',
      'pkg:wordpress/theme/twenty@2.1',
    ]);
  });

  it('the readme of a plugin counts where its header cannot be read', async () => {
    const folder = 'wp-content/plugins/a';
    const readme = { [`${folder}/readme.txt`]: '=== A ===\nStable tag: 1.2.3\n' };
    const header = { [`${folder}/a.php`]: '<?php\n/*\nPlugin Name: A\nVersion: 1.2.4\n*/' };
    const parse = (files: Record<string, string>) =>
      wordpressReadme.parse(`${folder}/readme.txt`, memoryFileTree(files), { distro: null });

    expect((await parse(readme)).packages).toMatchObject([{ version: '1.2.3', confidence: 'medium' }]);
    expect((await parse({ ...readme, ...header })).packages).toEqual([]);
    expect((await parse({ [`${folder}/readme.txt`]: 'Stable tag: trunk\n' })).diagnostics).toHaveLength(1);
  });

  it('a version that is computed is none', () => {
    expect(parseWordpressVersion('<?php\n$wp_version = get_version();\n', 'x').complete).toBe(false);
    expect(parseWordpressVersion('<?php\n$wp_version = "6.$x";\n', 'x').complete).toBe(false);
  });

  it('every published version file of WordPress is read or says why not', (ctx) => {
    expectFixtures(ctx, 'trivy-parsers/frameworks/wordpress', parseWordpressVersion, {
      'version.php': yields('wordpress@4.9.4-alpha'),
      'versionFail.php': refuses('The file does not set $wp_version to a literal'),
    });
  });
});
