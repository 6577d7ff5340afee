'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { parseTargetRule } from '@/lib/core/coverage/target-rule.ts';
import type { TargetPreview } from '@/lib/core/model/scan-target.ts';
import { previewTargetAction } from '../actions.ts';

const PAUSE_MILLISECONDS = 300;

export interface RulePreview {
  readonly preview: TargetPreview | null;
  /** What is wrong with the rule, in one sentence; null while it is still being written. */
  readonly fault: string | null;
  /** The figures are not of the text that stands there. */
  readonly isBehind: boolean;
}

/** What a rule names, a moment after its last letter was typed. `emptyIsAll`: nothing written means everything. */
export function useTargetPreview(rule: string, { emptyIsAll }: { readonly emptyIsAll: boolean }): RulePreview {
  const text = rule.trim();
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [text]);
  const parsed = parseTargetRule(asked);
  const fault = 'fault' in parsed ? parsed.fault : null;
  const isAsked = fault === null && (asked !== '' || emptyIsAll);
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    queryKey: ['target-preview', asked],
    enabled: isAsked,
    queryFn: () => previewOf(asked),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 10_000,
  });
  const said = fault ?? (isAsked ? (error?.message ?? null) : null);
  return {
    preview: isAsked && error === null ? (data ?? null) : null,
    fault: asked === text ? said : null,
    isBehind: asked !== text || isFetching || isPlaceholderData,
  };
}

async function previewOf(rule: string): Promise<TargetPreview> {
  const result = await previewTargetAction({ rule });
  if (!result.ok) throw new Error(result.message);
  return result.value;
}
