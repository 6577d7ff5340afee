import { parseBitnamiComponents, parseBitnamiSpdx } from '../../core/parsers/bitnami.ts';
import { bytesSource } from '../../core/parsers/byte-source.ts';
import { parseCargoLock } from '../../core/parsers/cargo-lock.ts';
import { executable } from '../../core/parsers/executable.ts';
import { parseGoModFile, parseGoSum, parseGoVendor } from '../../core/parsers/go-mod.ts';
import {
  parseGradleCatalog,
  parseGradleLockfile,
  parseGradleVerification,
  parseSbtLock,
} from '../../core/parsers/gradle.ts';
import { readJavaArchive } from '../../core/parsers/java-archive.ts';
import { parsePomProperties, splitFileName } from '../../core/parsers/java-coordinates.ts';
import { parseJavaManifest } from '../../core/parsers/java-manifest.ts';
import { pomCoordinates } from '../../core/parsers/pom-model.ts';
import { buildElf, buildMachO, buildPe, goBuildInfo } from '../executable-builder.ts';
import { memoryFileTree } from '../memory-file-tree.ts';
import { buildZip } from '../zip-builder.ts';
import { mutatedBytes } from './mutate.ts';
import type { FuzzTarget } from './targets.ts';

type TextTarget = (name: string, samples: readonly string[], parse: (text: string) => unknown) => FuzzTarget;

/** Formats of Java, Go, Rust and Bitnami that are text. */
export function nativeTargets(target: TextTarget): readonly FuzzTarget[] {
  return [
    target('Gradle lock file', ['a:b:1=x\nempty=\n'], (text) => parseGradleLockfile(text, 'p')),
    target(
      'Gradle verification',
      [
        '<verification-metadata><components><component group="a" name="b" version="1"/></components></verification-metadata>',
      ],
      (text) => parseGradleVerification(text, 'p'),
    ),
    target('Gradle catalogue', ['[versions]\na="1"\n[libraries]\nb={module="c:d",version.ref="a"}'], (text) =>
      parseGradleCatalog(text, 'p'),
    ),
    target('sbt lock file', ['{"dependencies":[{"org":"a","name":"b","version":"1"}]}'], (text) =>
      parseSbtLock(text, 'p'),
    ),
    target(
      'pom.xml',
      [
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Maven writes its properties this way.
        '<project><groupId>a</groupId><artifactId>b</artifactId><version>${v}</version><properties><v>1</v></properties></project>',
      ],
      pomCoordinates,
    ),
    target(
      'names of Java',
      [
        'groupId=a\nartifactId=b\nversion=1\n',
        'Manifest-Version: 1.0\nBundle-SymbolicName: a\n b\n',
        'log4j-1.2-api-2.14.1.jar',
      ],
      (text) => [parsePomProperties(text), parseJavaManifest(text), splitFileName(text, '1.0')],
    ),
    target(
      'files of Go',
      [
        'module m\ngo 1.21\nrequire (\na.b/c v1.0.0 // indirect\n)\nreplace a.b/c => ../c\n',
        '# a.b/c v1.0.0 => d/e v2.0.0\n',
        'a.b/c v1.0.0 h1:x=\n',
      ],
      (text) => [parseGoModFile(text), parseGoSum(text), parseGoVendor(text, 'p')],
    ),
    target('Cargo.lock', ['[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+https://x"\n'], (text) =>
      parseCargoLock(text, 'p'),
    ),
    target(
      'components of Bitnami',
      ['{"a":{"version":"1"}}', '{"packages":[{"externalRefs":[{"referenceLocator":"pkg:bitnami/a@1"}]}]}'],
      (text) => [parseBitnamiComponents(text, 'p'), parseBitnamiSpdx(text, 'p')],
    ),
  ];
}

/** Parsers of binary formats: none of them may throw. */
export function binaryTargets(): readonly FuzzTarget[] {
  const properties = { name: 'META-INF/maven/a/b/pom.properties', content: 'groupId=a\nartifactId=b\nversion=1\n' };
  const jar = buildZip([properties, { name: 'lib/c.jar', content: buildZip([properties]), method: 0 }], {
    isWide: true,
  });
  const section = { name: '.go.buildinfo', content: goBuildInfo('go1.20.4', 'dep\ta.b/c\tv1.0.0') };
  const text = { name: '.rodata', content: Buffer.from('nginx version: nginx/1.22.1') };
  const programs = [
    buildElf([section, text]),
    buildElf([section], { isWide: false, isBigEndian: true, isStripped: true }),
    buildPe([{ ...section, name: '.data' }]),
    buildMachO([{ ...section, name: '__go_buildinfo' }]),
  ];
  const context = { distro: null };
  return [
    {
      name: 'Java archive',
      attempt: async (random) => void (await readJavaArchive(bytesSource(mutatedBytes(random, jar)), 'a-1.jar')),
    },
    {
      name: 'executable',
      async attempt(random) {
        const program = programs[Math.floor(random() * programs.length)] ?? new Uint8Array(0);
        await executable.parse('nginx', memoryFileTree({ nginx: mutatedBytes(random, program) }), context);
      },
    },
  ];
}
