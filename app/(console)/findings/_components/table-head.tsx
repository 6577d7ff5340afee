'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { addressWith } from '@/components/layout/search-params.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import type { FindingColumn } from '@/lib/core/model/personal.ts';
import type { FindingSort } from '@/lib/core/model/views.ts';
import { formatSort } from '../sorting.ts';
import { COLUMNS } from './columns.tsx';

interface Props {
  readonly columns: readonly FindingColumn[];
  readonly narrow: boolean;
  readonly sort: FindingSort;
  readonly descending: boolean;
  readonly picked: 'none' | 'some' | 'all';
  readonly onCheckAll: () => void;
}

export function TableHead({ columns, narrow, sort, descending, picked, onCheckAll }: Props) {
  const order = { sort, descending };
  return (
    <thead className="sticky top-0 z-[1]">
      <tr>
        <th className={narrow ? 'w-[46px]' : 'w-[52px]'}>
          <Checkbox
            className="checkbox hit"
            aria-label="Select all loaded rows"
            checked={picked === 'all'}
            indeterminate={picked === 'some'}
            onChange={onCheckAll}
          />
        </th>
        <SortHead {...order} name="severity" width="32px">
          <span className="vh">Severity</span>
        </SortHead>
        <SortHead {...order} name="score" width={narrow ? '56px' : '64px'} number>
          Score
        </SortHead>
        <th>Finding</th>
        {columns.map((name) => {
          const { label, width, narrowWidth, number, sort: sorts, folds } = COLUMNS[name];
          if (narrow && folds) return null;
          const size = narrow ? (narrowWidth ?? width) : width;
          if (sorts === undefined) {
            return (
              <th key={name} style={{ width: size }} className={number ? 'num' : undefined}>
                {label}
              </th>
            );
          }
          return (
            <SortHead key={name} {...order} name={sorts} width={size} number={number ?? false}>
              {label}
            </SortHead>
          );
        })}
      </tr>
    </thead>
  );
}

interface SortHeadProps {
  readonly name: FindingSort;
  readonly sort: FindingSort;
  readonly descending: boolean;
  readonly width: string;
  readonly number?: boolean;
  readonly children: ReactNode;
}

function SortHead({ name, sort, descending, width, number = false, children }: SortHeadProps) {
  const { values } = useAddress();
  const isSorted = sort === name;
  // The first click on a column gives its useful end: the highest score, the earliest due date.
  const next = isSorted ? !descending : name !== 'due';
  const href = addressWith('/findings', values, { sort: formatSort(name, next), sel: null, tab: null });
  const direction = descending ? 'descending' : 'ascending';
  const Mark = descending ? ArrowDown : ArrowUp;
  return (
    <th className={number ? 'num' : undefined} style={{ width }} aria-sort={isSorted ? direction : undefined}>
      <Link prefetch={false} href={href} className={`inline-flex items-center gap-0.5 ${isSorted ? 'text-fg' : ''}`}>
        {children}
        {isSorted ? <Mark size={11} strokeWidth={1.6} aria-hidden="true" /> : null}
      </Link>
    </th>
  );
}
