import { AppError } from '../../core/model/app-error.ts';
import type { InspectorScore } from '../../core/model/finding.ts';
import type { Guidance } from '../../core/model/guidance.ts';
import type { FindingDetail } from '../../core/model/views.ts';
import { guidanceOf } from '../../core/remediation/guidance.ts';
import { isCvssVersion } from '../../core/risk/cvss-grammar.ts';
import { inspectorScoreOf } from '../../core/risk/inspector-score.ts';
import type { Operation } from '../operation.ts';
import { idInput, parseInput } from './input.ts';
import { visibleEstate } from './visible-scope.ts';

/** One finding with its evidence and history. A finding outside the caller's accounts does not exist for them. */
export const getFinding: Operation<{ readonly id: string }, FindingDetail> = {
  name: 'GetFinding',
  permission: 'findings:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const finding = await deps.reads.finding(visibleEstate(caller), id);
    if (finding === null) {
      throw new AppError(
        'not-found',
        'There is no such finding in the accounts you can see. It may have been removed.',
      );
    }
    return { ...finding, inspectorScore: inspectorScore(finding), guidance: guidance(finding) };
  },
};

function inspectorScore(finding: FindingDetail): InspectorScore | null {
  return inspectorScoreOf({
    cvss: finding.cvss.flatMap(({ version, ...rest }) => (isCvssVersion(version) ? [{ version, ...rest }] : [])),
    kind: finding.resourceKind,
    ecosystems: [...new Set(finding.vulnerablePackages.map(({ ecosystem }) => ecosystem))],
    reach: finding.widestReach ?? null,
  });
}

function guidance({ resourceKind: kind, vulnerablePackages: packages, ...finding }: FindingDetail): Guidance {
  const { resourceName, region, openFixes, references, network } = finding;
  return guidanceOf({ kind, resourceName, region, packages, openFixes, references, network });
}
