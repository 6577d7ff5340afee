import { describe, expect, it } from 'vitest';
import { expectFixtures, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { packageResolved, parsePackageResolved, repositoryOf } from './package-resolved.ts';

describe('pins of Swift packages', () => {
  it.each([
    ['srv/Package.resolved', true],
    ['a.xcodeproj/project.xcworkspace/xcshareddata/swiftpm/Package.resolved', true],
    ['Package.swift', false],
  ])('%s: %s', (path, wanted) => {
    expect(packageResolved.wants(path, listedFile(path))).toBe(wanted);
  });

  it.each([
    ['https://github.com/apple/swift-nio.git', 'github.com/apple/swift-nio'],
    ['git@github.com:apple/swift-nio.git', 'github.com/apple/swift-nio'],
    ['ssh://git@github.com/apple/swift-nio', 'github.com/apple/swift-nio'],
    ['https://user:secret@git.example.org:8443/a/b/', 'git.example.org/a/b'],
    ['swift-nio', null],
    ['', null],
  ])('are named by their repository: %s is %s', (location, name) => {
    expect(repositoryOf(location)).toBe(name);
  });

  it('every published list of pins yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-scalibr/swift/packageresolved', parsePackageResolved, {
      'cve-packages': yields(
        'github.com/apple/swift-crypto@3.0.0 github.com/apple/swift-nio@2.65.0 github.com/apple/swift-nio-http2@1.29.0',
      ),
      empty: refuses('The file has no list of pins'),
      invalid: refuses('The file has no list of pins'),
      valid: yields(
        'github.com/apple/swift-algorithms@1.0.0 github.com/apple/swift-async-algorithms@0.1.0 github.com/apple/swift-atomics@1.1.0',
      ),
    });
    expectFixtures(ctx, 'trivy-parsers/swift/swift', parsePackageResolved, {
      'empty-Package.resolved': refuses('The file has no list of pins'),
      'happy-v1-Package.resolved': yields('github.com/Quick/Nimble@9.2.1 github.com/ReactiveCocoa/ReactiveSwift@7.1.1'),
      'happy-v2-Package.resolved': yields(
        'github.com/mattgallagher/CwlCatchException@2.1.2 github.com/mattgallagher/CwlPreconditionTesting@2.1.2 github.com/Quick/Nimble@9.2.1 github.com/Quick/Quick@7.2.0 github.com/ReactiveCocoa/ReactiveSwift@7.1.1',
        'pins to a branch or a commit have no version',
      ),
    });
    expectFixtures(
      ctx,
      'syft/swift',
      parsePackageResolved,
      {
        'Package.resolved': yields(
          'github.com/apple/swift-algorithms@1.0.0 github.com/apple/swift-async-algorithms@0.1.0 github.com/apple/swift-atomics@1.1.0 github.com/apple/swift-collections@1.0.4 github.com/apple/swift-numerics@1.0.2',
        ),
        'PackageV3.resolved': yields(
          'github.com/apple/swift-syntax@509.1.1',
          'pins to a branch or a commit have no version',
        ),
        'bad-version-packages.resolved': refuses('The file has no list of pins'),
        'empty-packages.resolved': refuses('The file has no list of pins'),
      },
      /resolved$/,
    );
  });
});
