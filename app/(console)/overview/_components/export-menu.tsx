'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuItem } from '@/components/ui/menu.tsx';

interface Props {
  /** The address of the file, in the scope of the page. */
  readonly href: string;
  /** Given, so that it is no script. */
  readonly icon: ReactNode;
}

/** The figures as a file, or the page as it prints. */
export function ExportMenu({ href, icon }: Props) {
  return (
    <Menu
      width={200}
      trigger={
        <Button className="max-sm:!hidden">
          {icon}
          Export
        </Button>
      }
    >
      <MenuItem onSelect={() => location.assign(href)}>Figures as CSV</MenuItem>
      <MenuItem onSelect={() => window.print()}>Print or save as PDF</MenuItem>
    </Menu>
  );
}
