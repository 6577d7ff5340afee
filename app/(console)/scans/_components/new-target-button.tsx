'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';

const TargetDialog = dynamic(() => import('./target-dialog.tsx').then((module) => module.TargetDialog));

export function NewTargetButton({ kind = 'plain' }: { readonly kind?: 'plain' | 'primary' }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button kind={kind} onClick={() => setOpen(true)}>
        <Plus size={14} strokeWidth={1.6} aria-hidden="true" />
        New target
      </Button>
      {isOpen ? <TargetDialog target={null} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
