import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { nugetAssets, nugetLock, parseNugetAssets, parseNugetLock } from './nuget-lock.ts';

describe('lists of NuGet', () => {
  it.each([
    ['srv/packages.lock.json', true],
    ['srv/package-lock.json', false],
  ])('%s: %s', (path, wanted) => {
    expect(nugetLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it.each([['srv/obj/project.assets.json', true]])('%s: %s', (path, wanted) => {
    expect(nugetAssets.wants(path, listedFile(path))).toBe(wanted);
  });

  it('every published list of NuGet yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-detector/nuget', parseNugetLock, {
      'empty.v0.json': holdsNone('The file lists no package'),
      'empty.v1.json': holdsNone('The file lists no package'),
      'not-json.txt': refuses('The file is no lock file of NuGet'),
      'one-framework-one-package.v1.json': yields('Test.Core@6.0.5'),
      'one-framework-two-packages.v1.json': yields('Test.Core@6.0.5 Test.System@0.13.0-beta4'),
      'two-frameworks-different-packages.v1.json': yields('Test.Core@6.0.5 Test.System@0.13.0-beta4'),
      'two-frameworks-duplicate-packages.v1.json': yields('Test.Core@6.0.5'),
      'two-frameworks-mixed-packages.v1.json': yields('Test.Core@6.0.5 Test.System@0.13.0-beta4 Test.System@2.15.0'),
    });
    expectFixtures(ctx, 'osv-scalibr/dotnet/packageslockjson', parseNugetLock, {
      'invalid/invalid': refuses('The file is no lock file of NuGet'),
      'valid/packages.lock.json': yields(
        'Core.Dep@1.24.0 Some.Dep.One@1.1.1 Some.Dep.Two@4.6.0 Some.Dep.Three@1.0.2 Some.Dep.Four@4.5.0 Some.Longer.Name.Dep@4.7.2 Some.Dep.Five@4.7.2 Another.Longer.Name.Dep@4.5.4',
      ),
    });
    expectFixtures(ctx, 'trivy-parsers/nuget/lock', parseNugetLock, {
      'packages_lock_legacy.json': yields(
        'AWSSDK.Core@3.5.1.30 Newtonsoft.Json@12.0.3',
        'projects of the same solution',
      ),
      'packages_lock_multi.json': yields(40),
      'packages_lock_simple.json': yields('Newtonsoft.Json@12.0.3 NuGet.Frameworks@5.7.0'),
      'packages_lock_subdependencies.json': yields(
        'Newtonsoft.Json@12.0.3 NuGet.Frameworks@5.7.0 Swashbuckle.AspNetCore@5.5.1 Microsoft.Extensions.ApiDescription.Server@3.0.0 Microsoft.OpenApi@1.1.4 Swashbuckle.AspNetCore.Swagger@5.5.1 Swashbuckle.AspNetCore.SwaggerGen@5.5.1 Swashbuckle.AspNetCore.SwaggerUI@5.5.1',
      ),
    });
    expectFixtures(
      ctx,
      'syft/dotnet',
      parseNugetLock,
      {
        'glob-paths/src/packages.lock.json': refuses('The file is no lock file of NuGet'),
        'image-net8-app-no-depjson/src/packages.lock.json': yields(51),
        'image-net8-app-self-contained/src/packages.lock.json': yields(51),
        'image-net8-app-single-file-linux/src/packages.lock.json': yields(51),
        'image-net8-app-single-file/src/packages.lock.json': yields(51),
        'image-net8-app-with-runtime-nodepsjson/src/packages.lock.json': yields(51),
        'image-net8-app-with-runtime/src/packages.lock.json': yields(51),
        'image-net8-app/src/packages.lock.json': yields(51),
        'packages.lock.json': yields(
          'AutoMapper@13.0.1 bootstrap@5.0.0 log4net@2.0.5 Microsoft.Extensions.DependencyInjection.Abstractions@9.0.0 Microsoft.Extensions.Logging@9.0.0 Microsoft.Extensions.Options@9.0.0 Microsoft.Extensions.Primitives@9.0.0 System.Runtime.CompilerServices.Unsafe@9.0.0 log4net@1.2.15',
        ),
      },
      /packages\.lock\.json$/,
    );
    expectFixtures(ctx, 'osv-scalibr/dotnet/projectassetsjson', parseNugetAssets, {
      'invalid/invalid': refuses('The file has no list of libraries'),
      'valid/project.assets.json': yields(29, 'projects of the same solution'),
    });
  });
});
