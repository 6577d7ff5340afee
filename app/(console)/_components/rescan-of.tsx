import type { ReactNode } from 'react';
import { namedImageOf } from '@/lib/core/model/image-resource.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';
import { ScanHostButton } from './scan-host-button.tsx';
import { ScanImageButton } from './scan-image-button.tsx';

/** What scans the resource of a finding again, where Harrier can reach it by itself; null where somebody has to hand it in. */
export function rescanOf({ resourceId, resourceKind }: Pick<FindingRow, 'resourceId' | 'resourceKind'>): ReactNode {
  if (resourceKind === 'host') return <ScanHostButton />;
  const named = namedImageOf(resourceId);
  return named === null ? null : <ScanImageButton {...named} />;
}
