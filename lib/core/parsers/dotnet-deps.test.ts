import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, namesOf, partly, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { dotnetDeps, parseDotnetDeps } from './dotnet-deps.ts';

describe('what .NET programs were published with', () => {
  it.each([
    ['usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.1/Microsoft.NETCore.App.deps.json', true],
    ['app/a.runtimeconfig.json', false],
  ])('%s: %s', (path, wanted) => {
    expect(dotnetDeps.wants(path, listedFile(path))).toBe(wanted);
  });

  it('leaves out packages that put no file beside the program, where the target says so', () => {
    const text = (target: string) =>
      `{"runtimeTarget":{"name":"${target}"},"targets":{"net8":{"System.Net.Http/4.1.0":{},"A/1.0":{"native":{"a.so":{}}}}},` +
      '"libraries":{"System.Net.Http/4.1.0":{"type":"package"},"A/1.0":{"type":"package"}}}';

    expect(namesOf(parseDotnetDeps(text('net8'), 'x'))).toBe('A@1.0');
    expect(namesOf(parseDotnetDeps(text('net9'), 'x'))).toBe('System.Net.Http@4.1.0 A@1.0');
  });

  it('names a shared framework as advisories do', () => {
    const text =
      '{"runtimeTarget":{"name":"net8/linux-x64"},"targets":{"net8/linux-x64":{"Microsoft.NETCore.App.Runtime.linux-x64/8.0.1":{"runtime":{"a.dll":{}}}}},' +
      '"libraries":{"Microsoft.NETCore.App.Runtime.linux-x64/8.0.1":{"type":"package"}}}';

    expect(namesOf(parseDotnetDeps(text, 'x'))).toBe('Microsoft.NETCore.App.Runtime.linux-x64@8.0.1');
  });

  it('every published deps.json yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-scalibr/dotnet/depsjson', parseDotnetDeps, {
      empty: holdsNone('The file names neither targets nor libraries'),
      invalid: refuses('The file is not a JSON object'),
      nopackagename: partly('AWSSDK.Core@3.7.10.6', 'the first at "Microsoft.Extensions.DependencyInjection"'),
      valid: yields(
        'AWSSDK.Core@3.7.10.6 Microsoft.Extensions.DependencyInjection@6.0.0',
        'the program itself and libraries that are no packages',
      ),
    });
    expectFixtures(ctx, 'trivy-parsers/dotnet/core_deps', parseDotnetDeps, {
      'ambiguous-root.deps.json': yields(
        'Newtonsoft.Json@13.0.3',
        'the program itself and libraries that are no packages',
      ),
      'happy.deps.json': yields('Newtonsoft.Json@13.0.1', 'the program itself and libraries that are no packages'),
      'invalid.deps.json': refuses('The file is not a JSON object'),
      'missing-target.deps.json': yields(
        'Newtonsoft.Json@13.0.1',
        'the program itself and libraries that are no packages',
      ),
      'multi-project.deps.json': yields(
        'Newtonsoft.Json@13.0.3',
        'the program itself and libraries that are no packages',
      ),
      'no-libraries.deps.json': yields(
        'Newtonsoft.Json@13.0.1',
        'the program itself and libraries that are no packages',
      ),
      'self-contained.deps.json': yields(
        'Newtonsoft.Json@13.0.1 Microsoft.NETCore.App.Runtime.linux-x64@8.0.0 Microsoft.AspNetCore.App.Runtime.linux-x64@8.0.0',
        'the program itself and libraries that are no packages',
      ),
      'without-runtime.deps.json': yields(
        'JsonDiffPatch@2.0.61 Libuv@1.9.1 System.Collections.Immutable@1.3.0',
        'the program itself and libraries that are no packages',
      ),
    });
    expectFixtures(
      ctx,
      'syft/dotnet',
      parseDotnetDeps,
      {
        'deps-with-referenceassembly/MyApp.deps.json': yields(
          'Newtonsoft.Json@13.0.3',
          'the program itself and libraries that are no packages',
        ),
        'dir-example-1/TestLibrary.deps.json': yields(
          'AWSSDK.Core@3.7.10.6 Microsoft.Extensions.DependencyInjection@6.0.0 Microsoft.Extensions.DependencyInjection.Abstractions@6.0.0 Microsoft.Extensions.Logging@6.0.0 Microsoft.Extensions.Logging.Abstractions@6.0.0 Microsoft.Extensions.Options@6.0.0 Microsoft.Extensions.Primitives@6.0.0 Newtonsoft.Json@13.0.1 Serilog@2.10.0 Serilog.Sinks.Console@4.0.1',
          'the program itself and libraries that are no packages',
        ),
        'glob-paths/src/something.deps.json': refuses('The file is not a JSON object'),
      },
      /deps\.json$/,
    );
  });
});
