'use client';

import { ArrowDownWideNarrow, SlidersHorizontal } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { addressWith } from '@/components/layout/search-params.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuItem } from '@/components/ui/menu.tsx';
import type { Preferences } from '@/lib/core/model/personal.ts';
import type { FindingSort } from '@/lib/core/model/views.ts';
import { formatSort } from '../sorting.ts';

const ColumnsDialog = dynamic(() => import('./columns-dialog.tsx').then((module) => module.ColumnsDialog), {
  ssr: false,
});

const ORDERS: readonly { readonly label: string; readonly sort: FindingSort; readonly descending: boolean }[] = [
  { label: 'Highest score', sort: 'score', descending: true },
  { label: 'Severity', sort: 'severity', descending: true },
  { label: 'Due first', sort: 'due', descending: false },
  { label: 'Newest', sort: 'first-seen', descending: true },
  { label: 'Oldest', sort: 'first-seen', descending: false },
  { label: 'Last seen', sort: 'last-seen', descending: true },
];

interface Props {
  readonly preferences: Preferences;
  readonly sort: FindingSort;
  readonly descending: boolean;
}

/** Order, columns and density of the list. */
export function ListTools({ preferences, sort, descending }: Props) {
  const router = useRouter();
  const { values } = useAddress();
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <Button icon aria-label="Order" className="btn !h-[30px] !w-[30px] max-sm:hidden">
            <ArrowDownWideNarrow size={15} strokeWidth={1.6} aria-hidden="true" />
          </Button>
        }
      >
        {ORDERS.map((order) => (
          <MenuItem
            key={order.label}
            hint={order.sort === sort && order.descending === descending ? 'now' : undefined}
            onSelect={() =>
              router.push(
                addressWith('/findings', values, {
                  sort: formatSort(order.sort, order.descending),
                  sel: null,
                  tab: null,
                }),
              )
            }
          >
            {order.label}
          </MenuItem>
        ))}
      </Menu>
      <Button
        icon
        aria-label="Columns and density"
        className="!h-[30px] !w-[30px] max-sm:hidden"
        onClick={() => setChoosing(true)}
      >
        <SlidersHorizontal size={15} strokeWidth={1.6} aria-hidden="true" />
      </Button>
      {choosing ? <ColumnsDialog preferences={preferences} onClose={() => setChoosing(false)} /> : null}
    </>
  );
}
