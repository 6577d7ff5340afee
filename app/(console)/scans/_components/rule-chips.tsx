import { type RulePart, rulePartsOf } from '../rule-parts.ts';

/** A rule as chips, one for each of its terms; in one line those that do not fit are left out, unless it wraps. */
export function RuleChips({ rule, wraps = false }: { readonly rule: string; readonly wraps?: boolean }) {
  return (
    <span className={wraps ? 'flex flex-wrap items-center gap-1.5' : 'rule-line'}>
      {rulePartsOf(rule).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: equal parts may stand in a rule twice, and none ever moves.
        <Part key={index} part={part} />
      ))}
    </span>
  );
}

function Part({ part }: { readonly part: RulePart }) {
  if (part.is === 'word') return <span className="break-words text-12 text-fg-3">{part.text}</span>;
  return (
    <span className="rule-chip">
      {part.isNot ? <span className="text-danger">not</span> : null}
      <span className="text-fg-2">{part.key}</span>
      <bdi className="min-w-0 truncate">{part.text}</bdi>
    </span>
  );
}
