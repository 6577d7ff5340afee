import { expect, it } from 'vitest';
import { linesOf, type UsualWay, upgraded, waysOf } from '../../../testing/upgrade-ways.ts';

it.each<UsualWay>([
  ['Newtonsoft.Json', 'app/packages.lock.json', '13.0.3', 'app', 'dotnet add package Newtonsoft.Json --version 13.0.3'],
  [
    'Newtonsoft.Json',
    'app/App.csproj',
    '13.0.3',
    'app',
    'dotnet add App.csproj package Newtonsoft.Json --version 13.0.3',
  ],
  [
    'Newtonsoft.Json',
    'app/obj/project.assets.json',
    '13.0.3',
    'app',
    'dotnet add package Newtonsoft.Json --version 13.0.3',
  ],
  ['Newtonsoft.Json', 'app/App.deps.json', '13.0.3', null, 'dotnet add package Newtonsoft.Json --version 13.0.3'],
  [
    'Newtonsoft.Json',
    'app/packages.config',
    '13.0.3',
    'app',
    'nuget update packages.config -Id Newtonsoft.Json -Version 13.0.3',
  ],
  ['Newtonsoft.Json', 'app/paket.lock', '13.0.3', 'app', 'paket update Newtonsoft.Json --version 13.0.3'],
  ['Newtonsoft.Json', 'Directory.Packages.props', '13.0.3', '.', null],
])('%s of %s to %s', (name, path, fixed, folder, command) => {
  expect(linesOf(waysOf('nuget', upgraded(name, path), fixed))[0]).toEqual([folder, command]);
});
