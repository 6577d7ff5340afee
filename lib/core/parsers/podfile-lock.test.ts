import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, namesOf, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { parsePodfileLock, podfileLock } from './podfile-lock.ts';

describe('lock files of CocoaPods', () => {
  it.each([
    ['ios/Podfile.lock', true],
    ['ios/Podfile', false],
  ])('%s: %s', (path, wanted) => {
    expect(podfileLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it('leave out pods of a folder, by whatever part of them the folder is named', () => {
    const text =
      'PODS:\n  - Own/Core (1.0)\n  - "Google+Utilities/Logger (7.1.0)":\n    - Own\n\nEXTERNAL SOURCES:\n  Own:\n    :path: "../Own"\n';

    expect(namesOf(parsePodfileLock(text, 'Podfile.lock'))).toBe('Google+Utilities@7.1.0');
  });

  it('every published lock file of CocoaPods yields its pods or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-scalibr/swift/podfilelock', parsePodfileLock, {
      empty: refuses('The file is no lock file of CocoaPods'),
      invalid: refuses('The file is no lock file of CocoaPods'),
      valid: yields('GlossButtonNode@3.1.2 PINCache@3.0.3'),
      valid2: yields('GlossButtonNode@3.1.2 PINCache@3.0.3 Reveal-SDK@1.5.0 SwiftGen@6.0.0'),
    });
    expectFixtures(ctx, 'trivy-parsers/swift/cocoapods', parsePodfileLock, {
      'empty.lock': holdsNone('The file lists no package'),
      'happy.lock': yields('AppCenter@4.2.0 KeychainAccess@4.2.1'),
      'sad.lock': refuses('the first at "AppCenter = 4.2.0"'),
    });
    expectFixtures(
      ctx,
      'syft/swift',
      parsePodfileLock,
      {
        'Podfile.lock': yields(
          'GlossButtonNode@3.1.2 PINCache@3.0.3 PINOperation@1.2.1 PINRemoteImage@3.0.3 Reveal-SDK@33 SwiftGen@6.5.1 Texture@3.1.0 TextureSwiftSupport@3.13.0 TinyConstraints@4.0.2',
        ),
        'glob-paths/src/Podfile.lock': refuses('The file is no lock file of CocoaPods'),
      },
      /Podfile/,
    );
  });
});
