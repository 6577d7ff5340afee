import type { CloudFacts } from '../../core/model/cloud.ts';
import { asObject } from '../../core/model/raw.ts';

/** Fields that are dates, as JSON has them as text. */
const DATES: ReadonlySet<string> = new Set([
  'launchedAt',
  'inventoryAt',
  'pushedAt',
  'pulledAt',
  'modifiedAt',
  'invokedAt',
]);
/** What images have that were stored before EKS was asked who runs them: not known is not unused. */
const NOT_ASKED = { count: 0, clusters: [], unread: ['Nobody has asked EKS yet; the next look at the account does.'] };
const KINDS: ReadonlySet<unknown> = new Set(['ec2', 'ecr', 'lambda']);

/** Facts as this store wrote them; null where there are none. */
export function fromStoredFacts(raw: unknown): CloudFacts | null {
  if (!KINDS.has(asObject(raw)?.kind)) return null;
  // Written from the same type by saveJudged.
  const facts = revive(raw) as CloudFacts;
  return facts.kind === 'ecr' ? { ...facts, inUse: { ...NOT_ASKED, ...facts.inUse } } : facts;
}

function revive(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(revive);
  const object = asObject(raw);
  if (object === null) return raw;
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      key,
      DATES.has(key) && typeof value === 'string' ? new Date(value) : revive(value),
    ]),
  );
}
