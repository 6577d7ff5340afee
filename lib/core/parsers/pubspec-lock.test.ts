import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { parsePubspecLock, pubspecLock } from './pubspec-lock.ts';

/** What both scanners of OSV publish. */
const OSV_FIXTURES = {
  'empty.lock': refuses('The file is no lock file of Pub'),
  'mixed-packages.lock': yields('back_button_interceptor@6.0.1 build_runner@2.2.1 shelf@1.3.2 shelf_web_socket@1.0.2'),
  'no-packages.lock': holdsNone('The file lists no package'),
  'not-yaml.txt': refuses('The file is no lock file of Pub'),
  'one-package-dev.lock': yields('build_runner@2.2.1'),
  'one-package.lock': yields('back_button_interceptor@6.0.1'),
  'source-git.lock': yields(
    'flutter_rust_bridge@1.32.0 screen_retriever@0.1.2 toggle_switch@1.4.0 tray_manager@0.1.8 window_manager@0.2.7',
  ),
  'source-path.lock': holdsNone('packages of a folder of the project'),
  'source-sdk.lock': holdsNone('packages that come with the SDK'),
  'two-packages.lock': yields('shelf@1.3.2 shelf_web_socket@1.0.2'),
};

describe('lock files of Pub', () => {
  it.each([
    ['srv/pubspec.lock', true],
    ['home/x/.pub-cache/hosted/pub.dev/a-1.0/pubspec.lock', false],
  ])('%s: %s', (path, wanted) => {
    expect(pubspecLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it('every published lock file of Pub yields its packages or says why not', (ctx) => {
    for (const folder of ['osv-detector/pub', 'osv-scalibr/dart/pubspec']) {
      expectFixtures(ctx, folder, parsePubspecLock, OSV_FIXTURES);
    }
    expectFixtures(ctx, 'trivy-parsers/dart/pub', parsePubspecLock, {
      'broken.lock': refuses('The file is no lock file of Pub'),
      'empty.lock': holdsNone('The file lists no package'),
      'happy.lock': yields('crypto@3.0.2 uuid@3.0.6', 'packages that come with the SDK'),
    });
    expectFixtures(
      ctx,
      'syft/dart',
      parsePubspecLock,
      {
        'corrupt/pubspec.lock': refuses('The file is no lock file of Pub'),
        'glob-paths/lock/src/pubspec.lock': refuses('The file is no lock file of Pub'),
        'invalid-sdk/pubspec.lock': yields('args@1.6.0', 'packages that come with the SDK'),
        'missing-sdk/pubspec.lock': yields('args@1.6.0', 'packages that come with the SDK'),
        'pubspec_locks/pubspec.lock': yields(
          'ale@3.3.0 analyzer@0.40.7 ansicolor@1.1.1 archive@2.0.13 args@1.6.0 key_binder@1.11.20',
          'packages that come with the SDK',
        ),
      },
      /pubspec\.lock$/,
    );
  });
});
