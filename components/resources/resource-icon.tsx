import { Container, FileJson, FolderCode, type LucideIcon, Monitor, Server, SquareFunction } from 'lucide-react';
import type { ResourceKind } from '@/lib/core/model/resource.ts';

const ICONS: Readonly<Record<ResourceKind, LucideIcon>> = {
  ec2: Server,
  ecr: Container,
  lambda: SquareFunction,
  host: Monitor,
  image: Container,
  function: SquareFunction,
  source: FolderCode,
  sbom: FileJson,
};

export const KIND_WORDS: Readonly<Record<ResourceKind, string>> = {
  ec2: 'EC2 instance',
  ecr: 'ECR image',
  lambda: 'Lambda function',
  host: 'Host',
  image: 'Container image',
  function: 'Function archive',
  source: 'Source archive',
  sbom: 'SBOM',
};

export function ResourceIcon({ kind, size = 14 }: { readonly kind: ResourceKind; readonly size?: number }) {
  const Icon = ICONS[kind];
  return <Icon size={size} strokeWidth={1.6} className="text-fg-3" aria-hidden="true" />;
}
