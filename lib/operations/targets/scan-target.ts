import { z } from 'zod';
import { parseTargetRule } from '../../core/coverage/target-rule.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { JobId } from '../../core/model/ids.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import { askForFirstFeeds } from '../console/ask-for-first-feeds.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { askForEstateScan } from './ask-for-estate-scan.ts';
import { ruleInput } from './save-target.ts';

const form = z.object({ rule: ruleInput });

interface AskedScan {
  readonly jobId: JobId;
  readonly resources: number;
}

/** Scans everything that a rule names and the caller may see, now. */
export const scanTarget: Operation<z.output<typeof form>, AskedScan> = {
  name: 'ScanTarget',
  permission: 'scans:run',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { rule }) =>
    deps.atomically(async (tx) => {
      const parsed = parseTargetRule(rule);
      if ('fault' in parsed) throw new AppError('invalid-input', parsed.fault, { rule: parsed.fault });
      const resources = await tx.targets.askFor(parsed.rule, caller.accounts, tx.clock.now());
      if (resources === 0) {
        throw new AppError('not-found', 'Nothing that can be scanned now belongs to it. Coverage says why not.');
      }
      await askForFirstFeeds(tx, { requestedBy: caller.name, priority: PERSON_PRIORITY });
      const detail = `Asked for a scan of ${resources} resources: ${rule || 'everything'}.`;
      return { jobId: await askForEstateScan(tx, caller, detail), resources };
    }),
};
