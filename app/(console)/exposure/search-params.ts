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

export interface ExposureSearch {
  readonly scope: Scope;
  /** The scope as address values, for links. */
  readonly kept: SearchValues;
  readonly from: ExposureSource;
  /** `NET-22-TCP-INTERNET`; null for that which most instances have open. */
  readonly port: string | null;
  /** The finding whose path is shown. */
  readonly path: string | null;
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
  };
}

export function exposureAddress(
  kept: SearchValues,
  { from, port, path }: Partial<Pick<ExposureSearch, 'from' | 'port' | 'path'>>,
): string {
  return addressWith('/exposure', kept, {
    ...(from === undefined || from === 'internet' ? {} : { from }),
    ...(port == null ? {} : { port }),
    ...(path == null ? {} : { path }),
  });
}
