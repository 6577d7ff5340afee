import type { ReactNode } from 'react';
import { namedImageOf } from '@/lib/core/model/image-resource.ts';
import type { ResourceKind } from '@/lib/core/model/resource.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';
import { ScanHostButton } from './scan-host-button.tsx';
import { ScanImageButton } from './scan-image-button.tsx';
import { ScanResourceButton } from './scan-resource-button.tsx';

/** Kinds that discovery finds in AWS. */
const IN_AWS: ReadonlySet<ResourceKind> = new Set(['ec2', 'ecr', 'lambda']);

type Subject = Pick<FindingRow, 'resourceId' | 'resourceKind' | 'sample'>;

/** What scans the resource of a finding again, where Harrier can reach it by itself; null where somebody has to hand it in. */
export function rescanOf({ resourceId, resourceKind, sample }: Subject): ReactNode {
  if (resourceKind === 'host') return <ScanHostButton />;
  if (IN_AWS.has(resourceKind) && !sample) return <ScanResourceButton resource={resourceId} />;
  const named = namedImageOf(resourceId);
  return named === null ? null : <ScanImageButton {...named} />;
}
