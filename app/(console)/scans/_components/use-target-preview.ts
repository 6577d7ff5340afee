'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { parseTargetRule } from '@/lib/core/coverage/target-rule.ts';
import type { RulePreview } from '@/lib/operations/targets/preview-target.ts';
import { previewTargetAction } from '../actions.ts';

const PAUSE_MILLISECONDS = 300;

export interface PreviewState {
  readonly preview: RulePreview | null;
  /** What is wrong with the rule, in one sentence; null while it is still being written. */
  readonly fault: string | null;
  /** The figures are not of the text that stands there. */
  readonly isBehind: boolean;
}

interface Options {
  /** Nothing written means everything. */
  readonly emptyIsAll: boolean;
  /** Against whose rule it is held; empty for none. */
  readonly targetId: string;
}

/** What a rule names, a moment after its last letter was typed. */
export function useTargetPreview(rule: string, { emptyIsAll, targetId }: Options): PreviewState {
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
    queryKey: ['target-preview', targetId, asked],
    enabled: isAsked,
    queryFn: () => previewOf(asked, targetId),
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

async function previewOf(rule: string, id: string): Promise<RulePreview> {
  const result = await previewTargetAction({ rule, id });
  if (!result.ok) throw new Error(result.message);
  return result.value;
}
