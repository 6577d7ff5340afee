import { z } from 'zod';
import { parseTargetRule } from '../../core/coverage/target-rule.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { TargetPreview } from '../../core/model/scan-target.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { ruleInput } from './save-target.ts';

const form = z.object({ rule: ruleInput });

/** What a rule names now, before anybody saves or runs it. */
export const previewTarget: Operation<z.output<typeof form>, TargetPreview> = {
  name: 'PreviewTarget',
  permission: 'scans:read',
  parse: (input) => parseForm(form, input),
  run(deps, caller, { rule }) {
    const parsed = parseTargetRule(rule);
    if ('fault' in parsed) throw new AppError('invalid-input', parsed.fault, { rule: parsed.fault });
    return deps.targets.preview(parsed.rule, caller.accounts);
  },
};
