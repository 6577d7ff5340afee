import { describe, expect, it } from 'vitest';
import { explain } from '../core/scan/package/explain.ts';
import { memoryAdvisoryIndex } from '../testing/memory-advisory-index.ts';
import { sharedAdvisories } from '../testing/shared-advisories.ts';
import { sharedText } from '../testing/shared-data.ts';
import { fromPurlText } from './match-query.ts';

interface Component {
  readonly 'bom-ref': string;
  readonly purl?: string;
  readonly components?: readonly Component[];
}

interface ScanAnswer {
  readonly sbom: {
    readonly components: readonly Component[];
    readonly vulnerabilities: readonly {
      readonly id: string;
      readonly affects: readonly { readonly ref: string }[];
      readonly properties?: readonly { readonly name: string; readonly value: string }[];
    }[];
  };
}

/** Example answers of Amazon Inspector's ScanSbom, and how many of their verdicts the shared advisories can speak to. */
const EXAMPLES = [
  ['ubuntu_latest', 'Ubuntu', 3],
  ['debian_latest', 'Debian', 0],
  ['alpine_3.18.2', 'Alpine', 0],
] as const;

describe('what Amazon Inspector found in its own examples is found in the same package with the same fix', () => {
  for (const [name, ecosystem, comparable] of EXAMPLES) {
    it(`in ${name}`, { timeout: 60_000 }, async (ctx) => {
      const text = sharedText(ctx, `sboms/amazon-inspector/examples/${name}.scan.json`);
      const { sbom } = JSON.parse(text) as ScanAnswer;
      const purls = new Map(flatten(sbom.components).map((one) => [one['bom-ref'], one.purl ?? '']));
      const { advisories } = await sharedAdvisories(ctx, ecosystem);
      const index = memoryAdvisoryIndex(advisories);
      let compared = 0;
      let fixes = 0;
      for (const { id, affects, properties = [] } of sbom.vulnerabilities) {
        for (const { ref } of affects) {
          const query = fromPurlText(purls.get(ref) ?? '');
          if ('undecidable' in query) {
            throw new Error(`${purls.get(ref)}: ${query.undecidable}`);
          }
          const key = `${query.ecosystem}/${query.name}`;
          if (!index.statements(id).some((statement) => statement.key === key)) {
            continue;
          }
          const fixed = properties.find((one) => one.name.endsWith(`:fixed_version:${ref}`))?.value.replace(/^0:/, '');
          const { answer, reasons } = explain(id, query, index);
          compared += 1;
          expect(answer, `${id} in ${query.name}`).toBe('affected');
          // A record that is older than Amazon's answer may say "needed" where the fix came later.
          const isOlder = reasons[0]?.text.includes('names no fixed version') ?? false;
          fixes += isOlder ? 0 : 1;
          expect(isOlder || reasons[0]?.text.includes(`It is fixed in ${fixed}.`), `${id} in ${query.name}`).toBe(true);
        }
      }
      expect(compared).toBeGreaterThanOrEqual(comparable);
      expect(fixes).toBeGreaterThanOrEqual(comparable - 1);
    });
  }
});

function flatten(components: readonly Component[]): readonly Component[] {
  return components.flatMap((one) => [one, ...flatten(one.components ?? [])]);
}
