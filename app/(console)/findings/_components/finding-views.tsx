'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { formatCount } from '@/components/format/format-count.ts';
import { addressWith, type SearchValues } from '@/components/layout/search-params.ts';
import type { SavedView } from '@/lib/core/model/personal.ts';
import { DEFAULT_QUERY, FINDING_VIEWS, queryValue } from '../views.ts';
import { useCounts } from './use-counts.ts';

const NOTHING: readonly string[] = [];

const ViewDialog = dynamic(() => import('./view-dialog.tsx').then((module) => module.ViewDialog), { ssr: false });

interface Props {
  /** The address without what is open beside the list. */
  readonly values: SearchValues;
  readonly saved: readonly SavedView[];
  readonly userId: string;
  readonly mayShare: boolean;
  /** What a view counts is counted of the present: beside the list of a past day it would mislead. */
  readonly counted: boolean;
}

interface Tab {
  readonly key: string;
  readonly label: string;
  readonly query: string;
  readonly group: string | null;
  readonly sort: string | null;
  readonly view: SavedView | null;
}

/** Named queries above the list: those that are always there, then the reader's own and shared ones. */
export function FindingViews({ values, saved, userId, mayShare, counted }: Props) {
  const [editing, setEditing] = useState<SavedView | 'new' | null>(null);
  const tabs = tabsOf(saved);
  const counts = useCounts(counted ? tabs.map(({ query }) => query) : NOTHING);
  const query = values.q ?? DEFAULT_QUERY;
  const isCurrent = (tab: Tab) =>
    tab.query === query &&
    (tab.view === null || (tab.group === (values.group ?? null) && tab.sort === (values.sort ?? null)));
  const current = tabs.find(isCurrent);
  const own = current?.view?.owner === userId ? current.view : null;
  return (
    <div className="tabs overflow-x-auto px-(--gutter)">
      <nav className="contents" aria-label="Views">
        {tabs.map((tab, index) => {
          const count = counted ? counts?.[index] : undefined;
          return (
            <Link
              key={tab.key}
              className="tab"
              prefetch={false}
              href={addressWith('/findings', values, {
                q: queryValue(tab.query),
                ...(tab.view === null ? {} : { group: tab.group, sort: tab.sort }),
              })}
              title={tab.view?.shared ? `Shared by ${tab.view.ownerName}` : undefined}
              aria-current={tab === current ? 'page' : undefined}
            >
              <bdi className="max-w-[180px] truncate">{tab.label}</bdi>{' '}
              <span className="tab-count min-w-[2ch]">
                {count ? `${formatCount(count.count)}${count.exact ? '' : '+'}` : ''}
              </span>
            </Link>
          );
        })}
      </nav>
      <button
        type="button"
        className="tab"
        aria-label={own ? `Change the view ${own.name}` : 'Save this view'}
        title={own ? 'Change this view' : 'Save this view'}
        onClick={() => setEditing(own ?? 'new')}
      >
        <Plus size={14} strokeWidth={1.6} aria-hidden="true" />
      </button>
      {editing === null ? null : (
        <ViewDialog
          view={editing === 'new' ? null : editing}
          query={query}
          grouping={values.group ?? null}
          sort={values.sort ?? null}
          mayShare={mayShare}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}

function tabsOf(saved: readonly SavedView[]): readonly Tab[] {
  return [
    ...FINDING_VIEWS.map(({ label, query }) => ({ key: label, label, query, group: null, sort: null, view: null })),
    ...saved.map((view) => ({
      key: view.id,
      label: view.name,
      query: view.query,
      group: view.grouping,
      sort: view.sort,
      view,
    })),
  ];
}
