import { describe, expect, it } from 'vitest';
import { sharedText } from '../../../testing/shared-data.ts';
import { parseContainerManifest } from './container-manifest.ts';

const PATH = 'var/lib/rpmmanifest/container-manifest-2';
const mariner = { id: 'mariner', versionId: '2.0', codename: null, prettyName: 'CBL-Mariner 2.0' };
const line =
  'ca-certificates\t2.0.0-1.cm2\t1\t1\tMicrosoft Corporation\t(none)\t5\tnoarch\t1\tca-certificates-2.0.0-1.cm2.src.rpm\n';

describe('the list of packages of an image without rpm', () => {
  it('gives what a database would', () => {
    expect(parseContainerManifest(line, PATH, mariner)).toMatchObject({
      complete: true,
      packages: [
        {
          ecosystem: 'azurelinux',
          version: '1:2.0.0-1.cm2',
          sourceName: 'ca-certificates',
          purl: 'pkg:rpm/mariner/ca-certificates@2.0.0-1.cm2?arch=noarch&distro=mariner-2.0&epoch=1',
        },
      ],
    });
  });

  it.each(['', '\n'])('%j is empty, which is not clean', (text) => {
    expect(parseContainerManifest(text, PATH, mariner).complete).toBe(false);
  });

  it.each(['x', line.trimEnd().slice(0, 40), line.replace('\t1\tca', '\tx\tca'), `${line.trimEnd()}\tmore`])(
    'skips the line %j, and goes on',
    (bad) => {
      expect(parseContainerManifest(`${bad}\n${line}`, PATH, mariner)).toMatchObject({
        complete: false,
        packages: [{ name: 'ca-certificates' }],
      });
    },
  );

  it('of a real image', (ctx) => {
    const text = sharedText(ctx, 'hosts/parser-fixtures/syft/redhat/container-manifest-2');
    const result = parseContainerManifest(text, PATH, mariner);

    expect(result).toMatchObject({ complete: true, diagnostics: [] });
    expect(result.packages.map((pkg) => `${pkg.name} ${pkg.version}`)).toContain('glibc 2.35-2.cm2');
  });
});
