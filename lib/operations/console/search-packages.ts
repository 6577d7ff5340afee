import { z } from 'zod';
import type { PackageVersionView, VersionAsk } from '../../core/model/estate.ts';
import type { Scope } from '../../core/model/scope.ts';
import type { Operation } from '../operation.ts';
import { ecosystemsInput, versionInput, wordsInput } from './estate-input.ts';
import { parseInput, scopeInput } from './input.ts';
import { visibleScope } from './visible-scope.ts';

const schema = z.object({
  scope: scopeInput,
  words: wordsInput.min(1),
  version: versionInput,
  ecosystems: ecosystemsInput,
});

interface SearchPackagesInput {
  readonly scope: Scope;
  readonly words: readonly string[];
  readonly version: VersionAsk | null;
  readonly ecosystems: readonly string[];
}

/** Which versions of a package are installed in the scope, and in how many resources each. */
export const searchPackages: Operation<
  SearchPackagesInput,
  { readonly rows: readonly PackageVersionView[]; readonly hasMore: boolean }
> = {
  name: 'SearchPackages',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  run: async (deps, caller, { scope, ...search }) =>
    deps.reads.packageVersions(await visibleScope(deps, caller, scope), search),
};
