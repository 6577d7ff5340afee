import type { TargetRule } from '../../core/model/scan-target.ts';
import type { Parameters } from '../queries/parameters.ts';

/** A rule as a condition on `resource r` and its `account a`; it holds for the same resources as `matchesTarget`. */
export function targetCondition(rule: TargetRule, values: Parameters): string {
  switch (rule.is) {
    case 'all':
      return rule.of.length === 0 ? 'true' : `(${rule.of.map((one) => targetCondition(one, values)).join(' and ')})`;
    case 'any':
      return rule.of.length === 0 ? 'false' : `(${rule.of.map((one) => targetCondition(one, values)).join(' or ')})`;
    case 'not':
      return `not coalesce(${targetCondition(rule.of, values)}, false)`;
    case 'term':
      return termCondition(rule, values);
  }
}

function termCondition({ key, name, value }: Extract<TargetRule, { is: 'term' }>, values: Parameters): string {
  const text = value ?? '';
  const glob = (column: string): string => `lower(${column}) like ${values.add(toLike(text), 'text')}`;
  switch (key) {
    case 'tag': {
      const tag = values.add(name, 'text');
      return value === null ? `r.tags ? ${tag}` : `lower(r.tags ->> ${tag}) like ${values.add(toLike(value), 'text')}`;
    }
    case 'kind':
      return `r.kind = ${values.add(text, 'text')}`;
    case 'account':
      return `r.account_id = ${values.add(text, 'text')}`;
    case 'ou': {
      const unit = values.add(text.toLowerCase(), 'text');
      return `(lower(a.organizational_unit) = ${unit} or starts_with(lower(a.organizational_unit), ${unit} || '/'))`;
    }
    case 'region':
      return glob('r.region');
    case 'env':
      return glob("coalesce(r.environment, '')");
    case 'name':
      return glob('r.name');
    case 'repo':
      return glob("(r.cloud ->> 'repository')");
    case 'function':
      return `(r.kind in ('lambda', 'function') and ${glob('r.name')})`;
  }
}

/** A glob as a pattern of LIKE. */
function toLike(glob: string): string {
  return glob
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%');
}
