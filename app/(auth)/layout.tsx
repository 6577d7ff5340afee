import type { ReactNode } from 'react';
import { BrandMark } from '@/components/layout/brand-mark.tsx';

export default function DoorLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-rows-[48px_minmax(0,1fr)]">
      <header className="flex items-center gap-2.5 border-line border-b px-6 font-semibold text-14">
        <BrandMark size={20} />
        Harrier
      </header>
      {children}
    </div>
  );
}
