'use client';

import { ChevronDown, Download } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuItem } from '@/components/ui/menu.tsx';

/** The packages of the resource as a document. */
export function SbomMenu({ id }: { readonly id: string }) {
  const fetchAs = (format: string) => {
    location.assign(`/api/resources/${encodeURIComponent(id)}/sbom?format=${format}`);
  };
  return (
    <Menu
      trigger={
        <Button>
          <Download size={14} strokeWidth={1.6} aria-hidden="true" /> SBOM
          <ChevronDown size={12} strokeWidth={1.6} aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem hint="JSON" onSelect={() => fetchAs('cyclonedx')}>
        CycloneDX 1.5
      </MenuItem>
      <MenuItem hint="JSON" onSelect={() => fetchAs('spdx')}>
        SPDX 2.3
      </MenuItem>
    </Menu>
  );
}
