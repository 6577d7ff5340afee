import type { SeverityStatement } from '../model/advisory.ts';
import { asArray, asObject, asText } from '../model/raw.ts';

type Raw = Readonly<Record<string, unknown>>;

const VECTORS = ['CVSS_V2', 'CVSS_V3', 'CVSS_V4'] as const;
const WORD = /^[A-Za-z][A-Za-z -]{1,30}$/;
const STATEMENTS_MAX = 20;

/** What a record says about severity: CVSS vectors, and words of its publisher in lower case. Each is kept once. */
export function severitiesOf(id: string, record: Raw): readonly SeverityStatement[] {
  const source = (id.split('-')[0] ?? id).toLowerCase();
  const statements = statementsOf(record.severity, source);
  for (const item of asArray(record.affected)) {
    const entry = asObject(item);
    statements.push(...statementsOf(entry?.severity, source));
    statements.push(...wordOf(asObject(entry?.ecosystem_specific)?.ubuntu_priority, 'ubuntu'));
    statements.push(...wordOf(asObject(entry?.ecosystem_specific)?.urgency, source));
  }
  statements.push(...wordOf(asObject(record.database_specific)?.severity, source));
  const distinct = new Map(statements.map((one) => [`${one.type} ${one.value} ${one.source}`, one]));
  return [...distinct.values()].slice(0, STATEMENTS_MAX);
}

function statementsOf(raw: unknown, source: string): SeverityStatement[] {
  return asArray(raw).flatMap((item) => {
    const statement = asObject(item);
    const score = asText(statement?.score);
    const type = asText(statement?.type);
    const vector = VECTORS.find((name) => name === type);
    if (score === null || type === null) {
      return [];
    }
    if (vector !== undefined) {
      return score.length <= 512 ? [{ type: vector, value: score, source }] : [];
    }
    // Other types name the publisher of a word: {"type": "Ubuntu", "score": "medium"}.
    return WORD.test(type) ? wordOf(score, type.toLowerCase()) : [];
  });
}

function wordOf(raw: unknown, source: string): SeverityStatement[] {
  const word = asText(raw);
  return word !== null && WORD.test(word) ? [{ type: 'word', value: word.toLowerCase(), source }] : [];
}
