import { z } from 'zod';
import { acceptableSeverities, refusedChange } from '../../core/findings/triage-change.ts';
import { AppError } from '../../core/model/app-error.ts';
import { findingKey } from '../../core/model/ids.ts';
import { type AddressExtent, EXTENT_BLOCKS_MAX } from '../../core/model/intended.ts';
import type { NetworkEvidence } from '../../core/model/network.ts';
import type { Caller } from '../../core/model/permissions.ts';
import { REASON_LENGTH_MAX } from '../../core/model/triage.ts';
import type { SkipReason, TriageReport } from '../../core/model/triage-act.ts';
import type { FindingDetail } from '../../core/model/views.ts';
import { extentOf } from '../../core/scan/network/extent.ts';
import { pathOf } from '../../core/scan/network/scanner.ts';
import { parseInput } from '../console/input.ts';
import type { Dependencies } from '../dependencies.ts';
import { mayRead } from '../notices/notify-of-drift.ts';
import type { Operation } from '../operation.ts';
import { type ActAnswer, runAct } from '../triage/run-act.ts';
import { recentNetwork } from './open-network.ts';
import { visibleExposure } from './visible-exposure.ts';

/** What the history of the finding begins the reason with. */
const INTENDED = 'Intended: ';

const schema = z.object({
  id: z.string().min(1).max(64),
  /** The version of the finding in which it was seen. */
  version: z.coerce.number().int().min(0).max(2_147_483_647),
  owner: z.string({ error: 'Choose who answers for it.' }).min(1, 'Choose who answers for it.').max(100),
  reason: z
    .string({ error: 'Say why it is intended.' })
    .trim()
    .min(1, 'Say why it is intended.')
    .max(REASON_LENGTH_MAX - INTENDED.length, 'The reason is too long.'),
  until: z.coerce.date({ error: 'Say until when it is intended.' }),
});

type MarkIntendedInput = z.output<typeof schema>;

/**
 * Says that an exposure is wanted, by whom, why and until when: its risk is accepted, and it is an alarm as soon as anybody
 * else may call than may at this moment.
 */
export const markIntended: Operation<MarkIntendedInput, ActAnswer> = {
  name: 'MarkIntended',
  permission: 'risk:accept',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { id, version, owner, reason, until }) {
    const finding = await visibleExposure(deps, caller, id);
    requireAcceptance(caller, finding, until, deps.clock.now());
    await requireOwner(deps, owner, finding.accountId);
    const extent = await extentNow(deps, finding, finding.network);
    return deps.atomically(async (tx) => {
      const select = (seen: number) =>
        ({ actId: null, selection: { kind: 'findings', findings: [{ id, version: seen }] } }) as const;
      // First, so that the acceptance is the newest act and can be undone.
      const assigned = await runAct(tx, caller, select(version), { kind: 'assign', owner });
      const change = { kind: 'status', status: 'accepted', reason: `${INTENDED}${reason}`, until } as const;
      const accepted = await runAct(tx, caller, select(version + assigned.applied), change);
      if (accepted.applied === 0) throw new AppError('conflict', whyNot(accepted));
      await tx.network.markIntended({ finding: findingKey(id), owner, markedBy: caller.userId, reason, extent });
      return accepted;
    });
  },
};

function requireAcceptance(caller: Caller, { severity }: FindingDetail, until: Date, now: Date): void {
  if (!acceptableSeverities(caller, now).includes(severity)) {
    throw new AppError(
      'access-denied',
      'Your role may not accept a risk of this severity. Security can accept this one.',
    );
  }
  const refused = refusedChange({ kind: 'status', status: 'accepted', reason: INTENDED, until }, caller, now);
  if (refused !== null) throw new AppError('invalid-input', refused, { until: refused });
}

async function requireOwner(deps: Dependencies, id: string, accountId: string): Promise<void> {
  const person = await deps.users.byId(id);
  if (person !== null && mayRead(person, accountId)) return;
  const refused = 'This person may not see it. Choose another.';
  throw new AppError('invalid-input', refused, { owner: refused });
}

/** Who may call on the network as it was last read; it has to be what the finding says, which is what people saw. */
async function extentNow(deps: Dependencies, finding: FindingDetail, network: NetworkEvidence): Promise<AddressExtent> {
  const { solved } = await recentNetwork(deps, finding.accountId, finding.region);
  const path = pathOf(solved, network);
  if (path === null) {
    throw new AppError(
      'conflict',
      'The path is not there any more on the network as it was last read. Nothing was marked.',
    );
  }
  if (callersOf(path.evidence) !== callersOf(network)) {
    throw new AppError('conflict', 'Who may call has changed meanwhile. Mark it when the next look has told who.');
  }
  const extent = extentOf(path.sources);
  if (extent === null) {
    const most = EXTENT_BLOCKS_MAX.toLocaleString('en-US');
    throw new AppError(
      'invalid-input',
      `More than ${most} blocks of addresses may call, too many to watch. Join its rules to fewer and larger blocks, or accept the risk on the page of the finding, where nobody watches it.`,
    );
  }
  return extent;
}

function callersOf({ families, sourceCount, sourceBlocks }: NetworkEvidence): string {
  return [...families.toSorted(), sourceCount, ...sourceBlocks].join(' ');
}

const SKIPPED: Readonly<Partial<Record<SkipReason, string>>> = {
  changed: 'It was changed since it was shown. Look at it again, then mark it.',
  closed: 'A look has closed it meanwhile. Nothing was marked.',
  suppressed: 'A suppression rule hides it. End the rule, then mark it.',
  unchanged: 'It is accepted with this reason until this day already. Change one of them to mark it anew.',
};

function whyNot({ skipped }: TriageReport): string {
  return SKIPPED[skipped[0]?.reason ?? 'changed'] ?? 'Nothing was marked. Look at it again, then mark it.';
}
