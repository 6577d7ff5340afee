'use client';

import { Ellipsis } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuItem } from '@/components/ui/menu.tsx';
import type { ScanTarget } from '@/lib/core/model/scan-target.ts';
import { useScanTarget } from './use-scan-target.ts';

const TargetDialog = dynamic(() => import('./target-dialog.tsx').then((module) => module.TargetDialog));
const RemoveTargetDialog = dynamic(() =>
  import('./remove-target-dialog.tsx').then((module) => module.RemoveTargetDialog),
);

interface Props {
  readonly target: Pick<ScanTarget, 'id' | 'name' | 'rule'> & { readonly schedules: readonly unknown[] };
  readonly mayRun: boolean;
  readonly mayChange: boolean;
  /** In a row of the table, or at the foot of the panel. */
  readonly as: 'menu' | 'buttons';
}

/** What can be done with a target. */
export function TargetActs({ target, mayRun, mayChange, as }: Props) {
  const [asking, setAsking] = useState<'change' | 'remove' | null>(null);
  const [pending, scan] = useScanTarget();
  const { id, name, rule } = target;
  const own = { id, name, rule, schedules: target.schedules.length };
  return (
    <>
      {as === 'menu' ? (
        <Menu
          width={160}
          trigger={
            <Button kind="ghost" icon disabled={pending} aria-label={`Acts on ${name}`}>
              <Ellipsis size={15} strokeWidth={1.6} aria-hidden="true" />
            </Button>
          }
        >
          {mayRun ? <MenuItem onSelect={() => scan(rule)}>Scan now</MenuItem> : null}
          {mayChange ? <MenuItem onSelect={() => setAsking('change')}>Change</MenuItem> : null}
          {mayChange ? <MenuItem onSelect={() => setAsking('remove')}>Remove</MenuItem> : null}
        </Menu>
      ) : (
        <>
          {mayRun ? (
            <Button kind="primary" disabled={pending} onClick={() => scan(rule)}>
              Scan now
            </Button>
          ) : null}
          {mayChange ? <Button onClick={() => setAsking('change')}>Change</Button> : null}
          {mayChange ? (
            <Button kind="ghost" className="ml-auto" onClick={() => setAsking('remove')}>
              Remove
            </Button>
          ) : null}
        </>
      )}
      {asking === 'change' ? <TargetDialog target={own} onClose={() => setAsking(null)} /> : null}
      {asking === 'remove' ? <RemoveTargetDialog target={own} onClose={() => setAsking(null)} /> : null}
    </>
  );
}
