import { readSearch, type SearchRecord } from '@/components/layout/search-params.ts';

export const RESOURCE_TABS = ['packages', 'scans', 'compare', 'configuration'] as const;
export type ResourceTab = (typeof RESOURCE_TABS)[number];

export interface ResourceSearch {
  readonly tab: ResourceTab;
  readonly cursor: string | null;
  /** Packages of one ecosystem alone; null for all. */
  readonly type: string | null;
  readonly withFindings: boolean;
  /** Words that names of packages contain. */
  readonly query: string;
  /** The scans that are compared; null for the newest two. */
  readonly from: string | null;
  readonly to: string | null;
}

/** `?tab=scans`, `?type=npm&has=findings&cursor=…`. */
export function parseResourceSearch(record: SearchRecord): ResourceSearch {
  const { tab, q = '' } = readSearch(record);
  const one = (key: string) => (typeof record[key] === 'string' && record[key] !== '' ? record[key] : null);
  return {
    tab: RESOURCE_TABS.find((known) => known === tab) ?? 'packages',
    cursor: one('cursor'),
    type: one('type'),
    withFindings: record.has === 'findings',
    query: q.trim(),
    from: one('from'),
    to: one('to'),
  };
}

/** The address of the same page with another part or filter; a filter begins at its first page. */
export function resourceAddress(id: string, search: Partial<ResourceSearch>): string {
  const values = new URLSearchParams();
  if (search.tab !== undefined && search.tab !== 'packages') values.set('tab', search.tab);
  if (search.type != null) values.set('type', search.type);
  if (search.withFindings) values.set('has', 'findings');
  if (search.query) values.set('q', search.query);
  if (search.from != null) values.set('from', search.from);
  if (search.to != null) values.set('to', search.to);
  if (search.cursor != null) values.set('cursor', search.cursor);
  const text = values.toString();
  return `/resources/${encodeURIComponent(id)}${text === '' ? '' : `?${text}`}`;
}
