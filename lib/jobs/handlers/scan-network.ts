import { reconcile } from '../../core/findings/reconcile.ts';
import type { ReportChanges } from '../../core/model/finding.ts';
import { toResourceFacts } from '../../core/model/resource-facts.ts';
import type { DueNetwork, ExposedInstance } from '../../core/ports/network-store.ts';
import type { ScanRecord } from '../../core/ports/resource-store.ts';
import { assessNetwork } from '../../core/risk/assess-network.ts';
import { exposureOf, type InstanceExposure } from '../../core/scan/network/scanner.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { openNetwork } from '../../operations/network/open-network.ts';
import type { JobContext, JobHandler } from '../contracts.ts';
import { NETWORK_FRESH_MS } from './ask-for-networks.ts';
import { watchIntended } from './watch-intended.ts';

interface ScanNetworkDependencies {
  readonly dependencies: Dependencies;
}

/** What a look at a network came to. */
export interface ScannedNetwork {
  readonly instances: number;
  /** Exposures that are there. */
  readonly open: number;
  readonly opened: number;
  readonly reopened: number;
  readonly closed: number;
  /** Scores of other findings that moved. */
  readonly moved: number;
}

/** Networks that are taken up at once; a change that comes meanwhile is seen with the next. */
const AT_ONCE = 20;

/** Works out what can be reached in each network that is due, until none is. */
export function scanNetworkHandler({ dependencies: deps }: ScanNetworkDependencies): JobHandler<'scan-network'> {
  return {
    kind: 'scan-network',
    async run(_payload, context) {
      const totals = { networks: 0, instances: 0, open: 0, moved: 0 };
      // Once for each run, or what was solved in it would soon be due again.
      const solvedBefore = new Date(deps.clock.now().getTime() - NETWORK_FRESH_MS);
      for (;;) {
        const due = await deps.network.due(solvedBefore, AT_ONCE);
        if (due.length === 0) break;
        for (const network of due) {
          context.signal.throwIfAborted();
          const done = await scanNetwork(deps, network, context);
          totals.networks += 1;
          totals.instances += done.instances;
          totals.open += done.open;
          totals.moved += done.moved;
          await context.progress([{ name: 'Networks', done: totals.networks, total: null, state: 'running' }]);
        }
      }
      await context.progress([{ name: 'Networks', done: totals.networks, total: totals.networks, state: 'done' }]);
      const number = (count: number): string => count.toLocaleString('en-US');
      const { networks, instances, open, moved } = totals;
      return {
        outcome: 'done',
        message: `${number(open)} exposures of ${number(instances)} instances in ${number(networks)} networks; ${number(moved)} scores moved.`,
      };
    },
  };
}

/** Works out what can be reached in one network, moves the scores with it and keeps the findings. */
export async function scanNetwork(
  deps: Dependencies,
  due: DueNetwork,
  context: Pick<JobContext, 'id' | 'log'>,
): Promise<ScannedNetwork> {
  const startedAt = deps.clock.now();
  const { solved, instances, diagnostics } = await openNetwork(deps, due.accountId, due.region);
  for (const { message } of diagnostics.slice(0, 20)) {
    await context.log('warning', `${due.accountId} ${due.region}: ${message}`);
  }
  const byId = new Map(instances.map((one) => [one.instanceId, one]));
  const exposures = exposureOf(solved, (id) => byId.get(id)?.resource ?? null);
  const seen = new Map(exposures.map((one) => [one.instanceId, one]));
  // An instance whose interfaces were not told of has been looked at by nobody.
  const known = instances.filter(({ instanceId }) => seen.has(instanceId));
  return deps.atomically(async (inside) => {
    const now = inside.clock.now();
    const moved = await inside.network.saveReach(
      known.map(({ resource, instanceId }) => {
        const { reach = null, path = null, ports = null } = seen.get(instanceId) ?? {};
        return { resource, reach, path, ports };
      }),
      now,
    );
    const reported = await report(inside, known, seen, { jobId: context.id, startedAt });
    await inside.network.settle(due, now);
    return { instances: known.length, moved, ...reported };
  });
}

async function report(
  deps: Dependencies,
  instances: readonly ExposedInstance[],
  seen: ReadonlyMap<string, InstanceExposure>,
  { jobId, startedAt }: Pick<ScanRecord, 'jobId' | 'startedAt'>,
): Promise<Pick<ScannedNetwork, 'open' | 'opened' | 'reopened' | 'closed'>> {
  const now = deps.clock.now();
  const terms = await deps.scoring.hold();
  const held = await deps.findings.current(
    instances.map(({ resource }) => resource),
    'network',
    'harrier',
  );
  const reports: ReportChanges[] = [];
  const records: ScanRecord[] = [];
  let open = 0;
  for (const { resource, instanceId, environment, facts } of instances) {
    const exposure = seen.get(instanceId);
    const stored = held.get(resource);
    if (exposure === undefined || stored === undefined) continue;
    const { reach, path, ports, unknown, observations: seenPorts } = exposure;
    const known = { ...toResourceFacts(facts), reach, path, ports };
    const observations = assessNetwork(seenPorts, { environment, facts: known, terms, now });
    const outcome = unknown.length === 0 ? ('complete' as const) : ('partial' as const);
    const diagnostics = unknown.map(({ reason, component }) => ({
      level: 'warning' as const,
      path: component,
      message: reason,
    }));
    const told = {
      resource,
      scanType: 'network',
      origin: 'harrier',
      outcome,
      at: startedAt,
      observations,
      diagnostics,
    } as const;
    reports.push({ ...told, changes: reconcile(stored, told) });
    records.push(
      recordOf(told, { jobId, reason: unknown[0]?.reason ?? exposure.conditional, startedAt, endedAt: now }),
    );
    open += observations.length;
  }
  await deps.resources.recordScans(records);
  const applied = await deps.findings.apply(
    reports.filter(({ changes }) => changes.length > 0),
    now,
  );
  await watchIntended(deps, { startedAt, exposures: [...seen.values()], reports });
  return { open, opened: applied.open, reopened: applied.reopen, closed: applied.close };
}

function recordOf(
  {
    resource,
    outcome,
    observations,
    diagnostics,
  }: Pick<ScanRecord, 'resource' | 'outcome' | 'diagnostics'> & { readonly observations: readonly unknown[] },
  known: Pick<ScanRecord, 'jobId' | 'reason' | 'startedAt' | 'endedAt'>,
): ScanRecord {
  return {
    ...known,
    resource,
    scanType: 'network',
    outcome,
    packages: 0,
    findings: observations.length,
    undecidable: 0,
    distro: null,
    advisoryRevision: null,
    advisoryStates: [],
    diagnostics,
  };
}
