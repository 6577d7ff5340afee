const EXAMPLES = [
  ['tag:Production=True', 'has this tag; tag:Owner is any owner'],
  ['ou:prod', 'is in a unit or below it'],
  ['repo:team/*', 'is an image of these repositories'],
  ['function:pay-*', 'is a function of such a name'],
  ['kind:ec2 -tag:Owner=sandbox', 'a dash or not takes away'],
] as const;

/** What a rule can ask for; a press writes it. */
export function RuleExamples({ onPick }: { readonly onPick: (example: string) => void }) {
  return (
    <section className="grid gap-1 text-12" aria-label="Examples">
      <ul className="grid gap-0.5">
        {EXAMPLES.map(([example, meaning]) => (
          <li key={example} className="flex flex-wrap items-center gap-x-2">
            <button
              type="button"
              className="rule-example"
              aria-label={`Write ${example}`}
              onClick={() => onPick(example)}
            >
              <code>{example}</code>
            </button>
            <span className="text-fg-3">{meaning}</span>
          </li>
        ))}
      </ul>
      <p className="text-fg-3">
        Also account:, region:, env: and name:. All terms have to hold; write or between those of which one is enough,
        and brackets around what stands together.
      </p>
    </section>
  );
}
