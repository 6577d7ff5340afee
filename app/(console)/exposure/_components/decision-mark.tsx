import type { ExposedPath } from '@/lib/core/model/exposure-view.ts';
import { decisionWord } from '../decision-word.ts';

/** What the team said of a path, below its name. */
export function DecisionMark({ path, now }: { readonly path: ExposedPath; readonly now: Date }) {
  const word = decisionWord(path, now);
  if (word === null) return null;
  return (
    <span className={word.isAlarm ? 'block pb-1 text-12 text-warn' : 'block pb-1 text-12 text-fg-3'}>{word.text}</span>
  );
}
