/** Every key of a console address, in the one order in which they are written: equal states give equal addresses. */
export const SEARCH_KEYS = [
  'scope',
  'acct',
  'region',
  'env',
  't',
  'q',
  'group',
  'sort',
  'sel',
  'tab',
  'by',
  'at',
  'column',
  'kind',
  'state',
  'reason',
  'silent',
  'from',
  'port',
  'path',
  'try',
  'book',
  'trial',
] as const;
export type SearchKey = (typeof SEARCH_KEYS)[number];

/** What Next.js gives a page, or the browser's own URLSearchParams turned into an object. */
export type SearchRecord = Readonly<Record<string, string | readonly string[] | undefined>>;

export type SearchValues = Readonly<Partial<Record<SearchKey, string | null>>>;

/** The known keys of an address; a key given twice counts once, the first time. */
export function readSearch(record: SearchRecord): Partial<Record<SearchKey, string>> {
  const values: Partial<Record<SearchKey, string>> = {};
  for (const key of SEARCH_KEYS) {
    const value = record[key];
    const first = typeof value === 'string' ? value : value?.[0];
    if (first !== undefined && first !== '') values[key] = first;
  }
  return values;
}

/** `?acct=…&q=…`, or an empty string when nothing is set. Spaces, commas and colons stay readable. */
export function formatSearch(values: SearchValues): string {
  const parts = SEARCH_KEYS.flatMap((key) => {
    const value = values[key];
    return value ? [`${key}=${encode(value)}`] : [];
  });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** The address of `path` with the present search and these changes; null removes a key. */
export function addressWith(path: string, current: SearchValues, changes: SearchValues = {}): string {
  return path + formatSearch({ ...current, ...changes });
}

/** The part of a search that a link to another page keeps: the scope, not the query. */
export function scopeOnly(values: SearchValues): SearchValues {
  const { scope = null, acct = null, region = null, env = null, t = null } = values;
  return { scope, acct, region, env, t };
}

function encode(value: string): string {
  return encodeURIComponent(value).replaceAll('%20', '+').replaceAll('%2C', ',').replaceAll('%3A', ':');
}
