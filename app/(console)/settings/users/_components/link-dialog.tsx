'use client';

import { CommandBlock } from '@/components/ui/command-block.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';

/** A one-time link that was just made. */
export interface ShownLink {
  readonly path: string;
  readonly email: string;
}

interface Props {
  readonly link: ShownLink;
  readonly address: string;
  readonly onClose: () => void;
}

export function LinkDialog({ link, address, onClose }: Props) {
  return (
    <Dialog
      title={`Link for ${link.email}`}
      description="It sets a password once, holds for three days, and is not shown again. A new one voids it."
      open
      onOpenChange={onClose}
    >
      <CommandBlock command={`${address}${link.path}`} />
    </Dialog>
  );
}
