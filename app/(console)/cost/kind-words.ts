import type { CostKind } from '@/lib/core/model/cost.ts';

/** Resource types as their column and their figure name them. */
export const KIND_WORDS: Readonly<Record<CostKind, { readonly short: string; readonly long: string }>> = {
  ec2: { short: 'EC2', long: 'EC2 instances' },
  ecr: { short: 'ECR', long: 'ECR images' },
  lambda: { short: 'Lambda', long: 'Lambda functions' },
};
