'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';

const ScheduleDialog = dynamic(() => import('./schedule-dialog.tsx').then((module) => module.ScheduleDialog));

export function AddScheduleButton({ targetId }: { readonly targetId: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button className="mt-2" onClick={() => setOpen(true)}>
        <Plus size={14} strokeWidth={1.6} aria-hidden="true" />
        Add a schedule
      </Button>
      {isOpen ? <ScheduleDialog targetId={targetId} schedule={null} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
