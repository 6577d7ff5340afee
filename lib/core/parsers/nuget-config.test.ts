import { describe, expect, it } from 'vitest';
import { expectFixtures, partly, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { nugetConfig, parseNugetConfig } from './nuget-config.ts';

describe('packages.config', () => {
  it.each([
    ['srv/packages.config', true],
    ['srv/web.config', false],
  ])('%s: %s', (path, wanted) => {
    expect(nugetConfig.wants(path, listedFile(path))).toBe(wanted);
  });

  it('expands no entity', () => {
    const text = '<!DOCTYPE a [<!ENTITY b "1.0">]><packages><package id="A" version="&b;"/></packages>';

    expect(parseNugetConfig(text, 'packages.config')).toMatchObject({ packages: [], complete: false });
  });

  it('every published packages.config yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-scalibr/dotnet/packagesconfig', parseNugetConfig, {
      invalid: refuses('The file is not whole: 3:0: text data outside of root node'),
      nopackage: partly(
        'Microsoft.CodeDom.Providers.DotNetCompilerPlatform@1.0.0',
        'the first at "a package without id"',
      ),
      noversion: partly(
        'Microsoft.CodeDom.Providers.DotNetCompilerPlatform@1.0.0',
        'the first at "Microsoft.Net.Compilers"',
      ),
      valid: yields('Microsoft.CodeDom.Providers.DotNetCompilerPlatform@1.0.0 Microsoft.Net.Compilers@1.0.0'),
    });
    expectFixtures(ctx, 'trivy-parsers/nuget/config', parseNugetConfig, {
      'dev_dependency.config': yields('Microsoft.Net.Compilers@1.0.0 Newtonsoft.Json@8.0.3'),
      'malformed_xml.config': partly(
        'Microsoft.AspNet.WebApi@5.2.2 Newtonsoft.Json@6.0.4',
        'The file is not whole: 5:0: unclosed tag: packages',
      ),
      'packages.config': yields('Microsoft.AspNet.WebApi@5.2.2 Newtonsoft.Json@6.0.4'),
    });
  });
});
