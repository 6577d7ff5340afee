import { expect, it } from 'vitest';
import type { EcosystemId } from '../model/package.ts';
import { languagePackage } from '../parsers/language-package.ts';
import { fromPurl } from '../parsers/purl.ts';
import { ecosystemOfPurl, packageOfPurl } from './of-purl.ts';
import { ecosystems } from './registry.ts';

it.each<[EcosystemId, string, string]>([
  ['npm', '@babel/core', 'pkg:npm/%40babel/core@1.0.0'],
  ['maven', 'org.apache:log4j', 'pkg:maven/org.apache/log4j@1.0.0'],
  ['go', 'golang.org/x/net', 'pkg:golang/golang.org/x/net@1.0.0'],
  ['conda', 'numpy', 'pkg:conda/numpy@1.0.0'],
  ['cocoapods', 'AppCenter', 'pkg:cocoapods/AppCenter@1.0.0'],
  ['generic', 'nginx', 'pkg:generic/nginx@1.0.0'],
  ['wordpress', 'wordpress', 'pkg:wordpress/wordpress@1.0.0'],
  ['wordpress', 'plugin/akismet', 'pkg:wordpress/plugin/akismet@1.0.0'],
])('%s: the package URL of %s leads back to it', (ecosystem, name, purl) => {
  const pkg = languagePackage({ ecosystem, name, version: '1.0.0', packageManager: 'OTHER', path: 'x' });
  const parts = fromPurl(purl);

  expect(pkg?.purl).toBe(purl);
  expect(parts === null ? null : ecosystemOfPurl(parts)).toBe(ecosystems[ecosystem]);
  expect(parts === null ? null : packageOfPurl(ecosystems[ecosystem], parts, '1.0.0').name).toBe(name);
});

it('no package URL names a project of OSS-Fuzz beyond doubt', () => {
  const named = fromPurl('pkg:generic/libxml2@2.9.14');

  expect(named === null ? null : ecosystemOfPurl(named)?.id).toBe('generic');
  expect(ecosystems['oss-fuzz'].purlType).toBeNull();
});
