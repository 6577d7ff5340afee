import { describe, expect, it } from 'vitest';
import type { SbomComponent, SbomProperty } from '../../parsers/sbom/sbom-document.ts';
import { goToolchainOf, isGroup, isOwnedBySystem, layerOf, managerOf, placesOf, sourceOf } from './component-facts.ts';

const component = (properties: readonly SbomProperty[] = [], given: Partial<SbomComponent> = {}): SbomComponent => ({
  ref: 'ref-1',
  kind: 'library',
  group: null,
  name: 'a',
  version: '1',
  purl: null,
  hasCpe: false,
  properties,
  places: [],
  origin: null,
  isSubject: false,
  ...given,
});

const TRIVY = 'aquasecurity:trivy:';
const INSPECTOR = 'amazon:inspector:sbom_generator:';

describe('the place of a component', () => {
  it('is what our own documents say, to the letter, before anybody else’s word', () => {
    const properties: SbomProperty[] = [
      [`${TRIVY}FilePath`, '/of/trivy'],
      ['harrier:path', '/of/us'],
    ];
    expect(placesOf(component(properties), 'of/qualifier')).toEqual(['/of/us']);
  });

  it('is that of the generator before the package URL, and without a leading slash', () => {
    expect(placesOf(component([[`${TRIVY}FilePath`, '/srv/a.jar']]), 'other')).toEqual(['srv/a.jar']);
    expect(placesOf(component(), './srv/a.jar')).toEqual(['srv/a.jar']);
    expect(placesOf(component([['other:location:0:path', '/opt/b']]), undefined)).toEqual(['opt/b']);
  });

  it('is every field of the format, each once, and the name in the document where nothing tells it', () => {
    expect(placesOf(component([], { places: ['/a', 'a', '/b'] }), undefined)).toEqual(['a', 'b']);
    expect(placesOf(component(), undefined)).toEqual(['ref-1']);
  });

  it('holds no control characters and has an end', () => {
    const [place = ''] = placesOf(component(), `a\u001b[2J${'x'.repeat(10_000)}`);
    expect(place).toMatch(/^a\?\[2J/);
    expect(place.length).toBeLessThanOrEqual(4096);
  });
});

it('a layer goes by the digest as stored before that of its content; what is no digest by its length is none', () => {
  const both: SbomProperty[] = [
    [`${TRIVY}LayerDiffID`, 'sha256:content'],
    [`${TRIVY}LayerDigest`, 'sha256:stored'],
  ];
  expect(layerOf(component(both))).toBe('sha256:stored');
  expect(layerOf(component(both.slice(0, 1)))).toBe('sha256:content');
  expect(layerOf(component([[`${TRIVY}LayerDigest`, 'x'.repeat(201)]]))).toBeNull();
});

it('who installed a package is our own word, the system for its packages, then the word of the generator', () => {
  const jar: SbomProperty = [`${TRIVY}PkgType`, 'jar'];
  expect(managerOf(component([jar, ['harrier:package_manager', 'POM']]), false)).toBe('POM');
  expect(managerOf(component([jar]), true)).toBe('OS');
  expect(managerOf(component([jar]), false)).toBe('JAR');
  expect(managerOf(component([[`${TRIVY}PkgType`, 'constructor']]), false)).toBe('OTHER');
});

describe('the source of a package', () => {
  it('has epoch, version and release put together as the package manager writes them', () => {
    const parts = (epoch: string): SbomProperty[] => [
      [`${TRIVY}SrcName`, 'openssl'],
      [`${TRIVY}SrcEpoch`, epoch],
      [`${TRIVY}SrcVersion`, '3.0.7'],
      [`${TRIVY}SrcRelease`, '1.el9'],
    ];
    expect(sourceOf(component(parts('1')), false)).toEqual({ sourceName: 'openssl', sourceVersion: '1:3.0.7-1.el9' });
    expect(sourceOf(component(parts('0')), false)).toEqual({ sourceName: 'openssl', sourceVersion: '3.0.7-1.el9' });
    expect(sourceOf(component([[`${TRIVY}SrcName`, 'openssl']]), false)).toEqual({
      sourceName: 'openssl',
      sourceVersion: null,
    });
  });

  it('is the component around it only where that one is a package', () => {
    const inside = component([], { origin: component([], { name: 'glibc' }) });
    expect(sourceOf(inside, true)).toEqual({ sourceName: 'glibc', sourceVersion: null });
    expect(sourceOf(inside, false)).toBeNull();
    expect(sourceOf(component(), true)).toBeNull();
  });
});

it('a toolchain of Go is a version and nothing that follows it', () => {
  const of = (text: string) => goToolchainOf(component([[`${INSPECTOR}go_toolchain`, text]]));
  expect(of('go1.22.3')).toBe('1.22.3');
  expect(of('go1.22.3 X:boringcrypto')).toBe('1.22.3');
  expect(of('devel go1.23')).toBeNull();
});

it('a package of a language is the distribution’s own only where a package of the distribution is named', () => {
  const of = (purl: string) =>
    isOwnedBySystem(
      component([
        [`${INSPECTOR}is_duplicate_package`, 'true'],
        [`${INSPECTOR}duplicate_purl`, purl],
      ]),
    );
  expect(of('pkg:rpm/amazonlinux/python3-pip@21.3.1')).toBe(true);
  expect(of('pkg:pypi/pip@21.3.1')).toBe(false);
});

it('a lock file that trivy lists is a group, and an application with a package URL is not', () => {
  const lock: SbomProperty[] = [[`${TRIVY}Type`, 'npm']];
  expect(isGroup(component(lock, { kind: 'application' }))).toBe(true);
  expect(isGroup(component(lock, { kind: 'application', purl: 'pkg:npm/a@1' }))).toBe(false);
  expect(isGroup(component([], { kind: 'group' }))).toBe(true);
});
