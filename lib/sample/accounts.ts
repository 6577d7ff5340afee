import type { Account } from '../core/model/resource.ts';

/** The organisation of the sample estate. Names are made up; the numbers are those that documentation uses for examples. */
export const SAMPLE_ACCOUNTS = [
  account('111122223333', 'storefront-prod', 'production/commerce'),
  account('444455556666', 'payments-prod', 'production/commerce'),
  account('777788889999', 'logistics-prod', 'production/operations'),
  account('123456789012', 'data-platform', 'production/operations'),
  account('111111111111', 'storefront-staging', 'staging'),
  account('222222222222', 'payments-staging', 'staging'),
  account('333333333333', 'sandbox-engineering', 'development'),
  account('444444444444', 'build-and-release', 'development'),
  account('555555555555', 'shared-network', 'platform'),
  account('999999999999', 'legacy-erp', 'platform'),
] as const satisfies readonly Account[];

function account(id: string, name: string, organizationalUnit: string): Account {
  return { id, name, organizationalUnit, sample: true };
}
