import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

export function PanelHead({ title, onClose, children }: Props) {
  return (
    <div className="flex flex-none items-start gap-2 px-5 pt-3">
      <div className="min-w-0 flex-1">
        <h2 tabIndex={-1} className="break-words font-semibold text-16 focus-visible:shadow-none" data-panel-title>
          {title}
        </h2>
        {children === undefined ? null : <div className="mt-1 flex flex-wrap items-center gap-1.5">{children}</div>}
      </div>
      <Button kind="ghost" icon aria-label="Close" onClick={onClose}>
        <X size={15} strokeWidth={1.6} aria-hidden="true" />
      </Button>
    </div>
  );
}
