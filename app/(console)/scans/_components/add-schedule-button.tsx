'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import type { QuietTime } from '@/lib/core/model/scan-target.ts';

const ScheduleDialog = dynamic(() => import('./schedule-dialog.tsx').then((module) => module.ScheduleDialog));

interface Props {
  readonly targetId: string;
  readonly quiet: QuietTime | null;
}

export function AddScheduleButton({ targetId, quiet }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button className="mt-2" onClick={() => setOpen(true)}>
        <Plus size={14} strokeWidth={1.6} aria-hidden="true" />
        Add a schedule
      </Button>
      {isOpen ? (
        <ScheduleDialog targetId={targetId} schedule={null} quiet={quiet} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
