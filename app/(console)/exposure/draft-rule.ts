import type { IngressRule } from '@/lib/core/model/network.ts';

/** A rule as somebody types it. */
export interface DraftRule {
  readonly kind: 'authorize' | 'revoke';
  readonly groupId: string;
  readonly protocol: 'tcp' | 'udp' | '-1';
  readonly ports: string;
  readonly source: string;
}

export const EMPTY_DRAFT: DraftRule = { kind: 'authorize', groupId: '', protocol: 'tcp', ports: '', source: '' };

/** First and last port of `22` or `8000-8080`; null for what is neither. */
export function rangeOf({ ports }: Pick<DraftRule, 'ports'>): readonly [number, number] | null {
  const parts = /^\s*(\d{1,5})\s*(?:[-–]\s*(\d{1,5})\s*)?$/.exec(ports);
  if (parts === null) return null;
  return [Number(parts[1]), Number(parts[2] ?? parts[1])];
}

/** The change that a draft means; ports that cannot be read are none, which the operation refuses with a sentence. */
export function draftRule(draft: DraftRule): { readonly kind: DraftRule['kind']; readonly rule: IngressRule } {
  const { kind, groupId, protocol, source } = draft;
  const [from, to] = protocol === '-1' ? [null, null] : (rangeOf(draft) ?? [null, null]);
  return { kind, rule: { groupId: groupId.trim(), protocol, from, to, source: source.trim() } };
}
