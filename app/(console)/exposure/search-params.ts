import { parseScope } from '@/components/layout/scope-params.ts';
import {
  addressWith,
  readSearch,
  type SearchRecord,
  type SearchValues,
  scopeOnly,
} from '@/components/layout/search-params.ts';
import { EXPOSURE_SOURCES, type ExposureSource } from '@/lib/core/model/exposure-view.ts';
import type { Scope } from '@/lib/core/model/scope.ts';

const PORT = /^NET-[0-9-]+-(?:TCP|UDP)-(?:INTERNET|NEIGHBOUR)$/;
const KEY = /^[0-9a-f]{32}$/;

/** Empty parts are not chosen yet. */
export interface TriedPlace {
  readonly accountId: string;
  readonly region: string;
  readonly groupId: string;
}

export interface ExposureSearch {
  readonly scope: Scope;
  /** The scope as address values, for links. */
  readonly kept: SearchValues;
  readonly from: ExposureSource;
  /** `NET-22-TCP-INTERNET`; null for that which most instances have open. */
  readonly port: string | null;
  /** The finding whose path is shown. */
  readonly path: string | null;
  /** The place of which a change is tried, and the group where one was picked; null where none is. */
  readonly tried: TriedPlace | null;
}

/** `?from=neighbour&port=NET-22-TCP-NEIGHBOUR&path=…`. */
export function parseExposureSearch(record: SearchRecord): ExposureSearch {
  const values = readSearch(record);
  return {
    scope: parseScope(values),
    kept: scopeOnly(values),
    from: EXPOSURE_SOURCES.find((known) => known === values.from) ?? 'internet',
    port: PORT.test(values.port ?? '') ? (values.port ?? null) : null,
    path: KEY.test(values.path ?? '') ? (values.path ?? null) : null,
    tried: values.try === undefined ? null : triedPlace(values.try),
  };
}

/** `111122223333/eu-west-1/sg-1`; `new` for anywhere. */
function triedWord({ accountId, region, groupId }: TriedPlace): string {
  if (accountId === '') return 'new';
  return [accountId, region, groupId].filter((part) => part !== '').join('/');
}

function triedPlace(word: string): TriedPlace {
  const [accountId = '', region = '', groupId = ''] =
    word === 'new' ? [] : word.split('/').map((part) => part.slice(0, 64));
  return { accountId, region, groupId };
}

export function exposureAddress(
  kept: SearchValues,
  { from, port, path, tried }: Partial<Pick<ExposureSearch, 'from' | 'port' | 'path' | 'tried'>>,
): string {
  return addressWith('/exposure', kept, {
    ...(from === undefined || from === 'internet' ? {} : { from }),
    ...(port == null ? {} : { port }),
    ...(path == null ? {} : { path }),
    ...(tried == null ? {} : { try: triedWord(tried) }),
  });
}

/** The file of all open paths from one side. */
export function exposureFileAddress(kept: SearchValues, from: ExposureSource): string {
  return addressWith('/api/exposure', kept, from === 'internet' ? {} : { from });
}
