import { completeQuery } from '../../core/findings/query/complete-query.ts';
import { formatQuery } from '../../core/findings/query/format-query.ts';
import { fromFilterCriteria } from '../../core/findings/query/from-filter-criteria.ts';
import { matchesQuery } from '../../core/findings/query/matches-query.ts';
import { parseQuery } from '../../core/findings/query/parse-query.ts';
import { buildFindingFacts } from '../build-finding-facts.ts';
import { mutated } from './mutate.ts';
import type { FuzzTarget } from './targets.ts';

const QUERIES = [
  'is:open severity:critical,high -owner:none score:>=7 epss:>=50%',
  'package:openssl;version=3.0*;arch!=ARM64;epoch=0..1,log4j tag.Env:prod tag:"Cost Center"="a b"',
  String.raw`first:<7d last:2026-11-01..2026-11-24 due:0d..7d "say \"no\"" arn:aws:ec2:x -log4j port:22..80`,
];
const CRITERIA = [
  '{"severity":[{"comparison":"EQUALS","value":"HIGH"}],"resourceTags":[{"comparison":"EQUALS","key":"Env"}]}',
  '{"vulnerablePackages":[{"name":{"comparison":"PREFIX","value":"ope"},"epoch":{"lowerInclusive":0}}],"firstObservedAt":[{"startInclusive":1760000000}]}',
];
const NOW = new Date('2026-11-24T12:00:00Z');
const FACTS = buildFindingFacts();

/** The query of the filter bar, and the filters of Amazon Inspector that become one. */
export function queryTargets(): readonly FuzzTarget[] {
  return [
    {
      name: 'finding query',
      attempt(random) {
        const text = mutated(random, QUERIES);
        const { query } = parseQuery(text);
        const spelled = formatQuery(query);
        if (spelled.length < 10_000 && formatQuery(parseQuery(spelled).query) !== spelled) {
          throw new Error(`means something else when it is spelled out: ${JSON.stringify(text)}`);
        }
        completeQuery(text, Math.floor(random() * (text.length + 1)), {});
        matchesQuery(query, FACTS, NOW);
      },
    },
    {
      name: 'filter criteria',
      attempt(random) {
        const criteria = parsed(mutated(random, CRITERIA));
        const { query } = fromFilterCriteria(criteria);
        if (formatQuery(parseQuery(formatQuery(query)).query) !== formatQuery(query)) {
          throw new Error(`a filter means something else when it is spelled out: ${JSON.stringify(criteria)}`);
        }
      },
    },
  ];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
