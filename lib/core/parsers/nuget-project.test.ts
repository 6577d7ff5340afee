import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, namesOf, partly, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import { nugetProject, parseNugetProject } from './nuget-project.ts';

describe('projects of .NET', () => {
  it.each([
    ['srv/a.csproj', true],
    ['srv/a.fsproj', true],
    ['srv/a.vbproj', true],
    ['Directory.Packages.props', true],
    ['srv/a.props', false],
    ['home/x/.nuget/packages/a/1.0/a.csproj', false],
  ])('%s: %s', (path, wanted) => {
    expect(nugetProject.wants(path, listedFile(path))).toBe(wanted);
  });

  const reference = (name: string, version: string) => `<PackageReference Include="${name}" ${version}/>`;
  const project = (...items: readonly string[]) => `<Project><ItemGroup>${items.join('')}</ItemGroup></Project>`;

  it.each([
    ['Version="1.2.3"', 'A@1.2.3'],
    ['Version="[1.2.3]"', 'A@1.2.3'],
    ['Version="1.2.*"', ''],
    ['Version="[1.0,2.0)"', ''],
    ['Version="(1.0,)"', ''],
    ['Version="$(Missing)"', ''],
    ['', ''],
  ])('with %s: %s', (version, names) => {
    expect(namesOf(parseNugetProject(project(reference('A', version)), 'a.csproj', []))).toBe(names);
  });

  it('take a version from an element, and nothing from a reference that is removed', () => {
    const text =
      '<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><ItemGroup><PackageReference Include="A"><Version> 1.2.3 </Version></PackageReference>' +
      '<PackageReference Remove="B" /></ItemGroup></Project>';

    expect(parseNugetProject(text, 'a.csproj', [])).toMatchObject({
      packages: [{ name: 'A', version: '1.2.3' }],
      complete: true,
    });
  });

  it('take versions and properties of the nearest central files, upwards from their own folder', async () => {
    const tree = memoryFileTree({
      'src/a/a.csproj': project(
        reference('Central', ''),
        reference('ByProperty', 'Version="$(Own)"'),
        reference('Other', 'VersionOverride="9.0"'),
      ),
      'src/Directory.Packages.props':
        '<Project><ItemGroup><PackageVersion Include="central" Version="$(Base).1"/><PackageVersion Include="Other" Version="8.0"/></ItemGroup></Project>',
      'Directory.Packages.props':
        '<Project><ItemGroup><PackageVersion Include="Central" Version="0.1"/></ItemGroup></Project>',
      'Directory.Build.props': '<Project><PropertyGroup><Base>2.0</Base><Own>3.0.0</Own></PropertyGroup></Project>',
    });
    const result = await nugetProject.parse('src/a/a.csproj', tree, { distro: null });

    expect(namesOf(result)).toBe('Central@2.0.1 ByProperty@3.0.0 Other@9.0');
  });

  it('are sure of what they reference, and less of what a central file lists', async () => {
    const tree = memoryFileTree({
      'Directory.Packages.props': project('<PackageVersion Include="A" Version="1.0.0"/>'),
    });
    const { packages } = await nugetProject.parse('Directory.Packages.props', tree, { distro: null });

    expect(packages).toMatchObject([{ name: 'A', confidence: 'medium' }]);
  });

  it('whose properties name each other have no version, and an end', () => {
    const text = `<Project><PropertyGroup><A>$(B)</A><B>$(A)$(A)</B></PropertyGroup><ItemGroup>${reference('X', 'Version="$(A)"')}</ItemGroup></Project>`;

    expect(parseNugetProject(text, 'a.csproj', [])).toMatchObject({ packages: [], complete: true });
  });

  it('every published project yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-scalibr/dotnet/csproj', (text, path) => parseNugetProject(text, path, []), {
      emptyinclude: refuses('the first at "a reference without name"'),
      emptyversion: holdsNone('references without version'),
      invalid: refuses('The project is not whole: 3:0: text data outside of root node'),
      nopackage: refuses('the first at "a reference without name"'),
      noversion: holdsNone('references without version'),
      valid: yields('LiteDB@5.0.12'),
    });
    expectFixtures(ctx, 'osv-scalibr/dotnet/nugetcpm', (text, path) => parseNugetProject(text, path, []), {
      emptyinclude: refuses('the first at "a reference without name"'),
      emptyversion: holdsNone('references without version'),
      invalid: refuses('The project is not whole: 3:0: text data outside of root node'),
      nopackage: refuses('the first at "a reference without name"'),
      noversion: holdsNone('references without version'),
      valid: yields('LiteDB@5.0.12'),
    });
    expectFixtures(ctx, 'trivy-parsers/nuget/packagesprops', (text, path) => parseNugetProject(text, path, []), {
      'Directory.Packages.props': yields('PackageOne@6.2.3 PackageTwo@6.0.0 PackageThree@2.4.1'),
      'no_item_group.props': partly(
        'Microsoft.Extensions.Configuration@2.1.1 Microsoft.Extensions.DependencyInjection.Abstractions@2.2.1 Microsoft.Extensions.Http@3.2.1',
        'the first at "a reference without name"',
      ),
      'no_project.props': partly(
        'Microsoft.Extensions.Configuration@2.1.1 Microsoft.Extensions.DependencyInjection.Abstractions@2.2.1 Microsoft.Extensions.Http@3.2.1',
        'the first at "a reference without name"',
      ),
      'packages.props': partly(
        'Microsoft.Extensions.Configuration@2.1.1 Microsoft.Extensions.DependencyInjection.Abstractions@2.2.1 Microsoft.Extensions.Http@3.2.1',
        'the first at "a reference without name"',
      ),
      several_item_groups: yields('PackageOne@6.2.3 PackageTwo@6.0.0 PackageThree@2.4.1'),
      variables_and_empty: partly('PackageFour@2.4.1', 'the first at "a reference without name"'),
    });
    expectFixtures(
      ctx,
      'syft/dotnet',
      (text, path) => parseNugetProject(text, path, []),
      {
        'image-net2-app/src/helloworld.csproj': yields(
          'Serilog@2.10.0 Serilog.Sinks.Console@4.0.1 StyleCop.Analyzers@1.1.118',
        ),
        'image-net6-asp-libman/src/LibManSample.csproj': yields('Microsoft.Web.LibraryManager.Build@2.1.175'),
        'image-net8-app-no-depjson/src/dotnetapp.csproj': yields('Newtonsoft.Json@13.0.3 Humanizer@2.14.1'),
        'image-net8-app-self-contained/src/dotnetapp.csproj': yields('Newtonsoft.Json@13.0.3 Humanizer@2.14.1'),
        'image-net8-app-single-file-linux/src/dotnetapp.csproj': yields('Newtonsoft.Json@13.0.3 Humanizer@2.14.1'),
        'image-net8-app-single-file/src/dotnetapp.csproj': yields('Newtonsoft.Json@13.0.3 Humanizer@2.14.1'),
        'image-net8-app-with-runtime-nodepsjson/src/dotnetapp.csproj': yields(
          'Newtonsoft.Json@13.0.3 Humanizer@2.14.1',
        ),
        'image-net8-app-with-runtime/src/dotnetapp.csproj': yields('Newtonsoft.Json@13.0.3 Humanizer@2.14.1'),
        'image-net8-app/src/dotnetapp.csproj': yields('Newtonsoft.Json@13.0.3 Humanizer@2.14.1'),
        'image-net8-compile-target/src/helloworld.csproj': yields(
          'DotNetNuke.Core@9.9.1 jQuery@3.4.1 Microsoft.AspNetCore.Mvc.Razor@2.2.0 Microsoft.ChakraCore@1.11.24 Nuget.CommandLine@6.3.1 Umbraco.Cms@11.3.0 StyleCop.Analyzers@1.2.0-beta.435 Microsoft.NET.Test.Sdk@17.8.0',
        ),
        'image-net8-ilrepack/src/dotnetapp.csproj': yields(
          'Newtonsoft.Json@13.0.3 Humanizer@2.14.1 ILRepack.FullAuto@1.6.0',
        ),
        'image-net8-privateassets/src/dotnetapp.csproj': yields('Newtonsoft.Json@13.0.3 Humanizer@2.14.1'),
      },
      /csproj$/,
    );
  });
});
