'use client';

import { Cloud, Container, FileUp, FlaskConical, MonitorCheck, Plus, Rss } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { onShortcut } from '@/components/layout/shortcuts.ts';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuItem } from '@/components/ui/menu.tsx';
import { useStartJob } from '../../_components/use-start-job.ts';
import { loadSampleAction, startFeedSyncAction, startHostScanAction } from '../../actions.ts';
import type { ScanSource } from './scan-dialog.tsx';

const ScanDialog = dynamic(() => import('./scan-dialog.tsx').then((module) => module.ScanDialog));

const EstateScanDialog = dynamic(() => import('./estate-scan-dialog.tsx').then((module) => module.EstateScanDialog));

const ICON = { size: 14, strokeWidth: 1.6, 'aria-hidden': true } as const;

/** What can be started by hand. */
export function NewScanMenu({ mayRun }: { readonly mayRun: boolean }) {
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState<ScanSource | 'estate' | null>(null);
  const [pending, start] = useStartJob();

  useEffect(() => onShortcut('n', () => mayRun && setOpen(true)), [mayRun]);

  return (
    <>
      <Menu
        open={open}
        onOpenChange={setOpen}
        width={240}
        trigger={
          <Button
            kind="primary"
            disabled={!mayRun || pending}
            title={mayRun ? undefined : 'Your role may not run scans; an administrator can change it.'}
          >
            <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
            New scan <kbd className="max-sm:hidden">N</kbd>
          </Button>
        }
      >
        <MenuItem icon={<Cloud {...ICON} />} onSelect={() => setAsking('estate')}>
          AWS resources
        </MenuItem>
        <MenuItem icon={<MonitorCheck {...ICON} />} onSelect={() => start(startHostScanAction)}>
          This machine
        </MenuItem>
        <MenuItem icon={<Container {...ICON} />} onSelect={() => setAsking('image')}>
          Container image
        </MenuItem>
        <MenuItem icon={<FileUp {...ICON} />} onSelect={() => setAsking('upload')}>
          Upload a file
        </MenuItem>
        <MenuItem icon={<Rss {...ICON} />} onSelect={() => start(startFeedSyncAction)}>
          Advisory feeds
        </MenuItem>
        <MenuItem icon={<FlaskConical {...ICON} />} onSelect={() => start(loadSampleAction)}>
          Sample estate
        </MenuItem>
      </Menu>
      {asking === 'estate' ? <EstateScanDialog onClose={() => setAsking(null)} /> : null}
      {asking === 'image' || asking === 'upload' ? (
        <ScanDialog source={asking} onClose={() => setAsking(null)} />
      ) : null}
    </>
  );
}
