import { estimateMonthlyCost, HOURS_A_MONTH } from '../core/cost/estimate-monthly-cost.ts';
import { assuranceGaps } from '../core/coverage/assurance.ts';
import type { VisibleScope } from '../core/model/scope.ts';
import type { Overview } from '../core/model/views.ts';
import type { ConsoleReads } from '../core/ports/console-reads.ts';
import { accountSet, accountsIn } from './queries/account-groups.ts';
import { accountRisk } from './queries/account-risk.ts';
import { assuranceFacts } from './queries/assurance-facts.ts';
import { blastRadius, vulnerabilityEvents, vulnerabilityFacts } from './queries/blast-radius.ts';
import { changedFindings } from './queries/changed-findings.ts';
import { compareScans, openSteps } from './queries/compare-scans.ts';
import { coverageView, ledgerPage } from './queries/coverage-ledger.ts';
import { scannedResources } from './queries/coverage-shares.ts';
import { exposedPaths, exposure } from './queries/exposure.ts';
import { exposureRows, groupsAt, networkPlaces } from './queries/exposure-places.ts';
import { resolveNames } from './queries/finding-conditions.ts';
import { findingDetail } from './queries/finding-detail.ts';
import { findingGroups } from './queries/finding-groups/finding-groups.ts';
import { findingsPage } from './queries/findings-page.ts';
import { fixFirst } from './queries/fix-first.ts';
import { jobTargets } from './queries/job-targets.ts';
import { jobById, jobLog, jobLogPages, newestJobs } from './queries/jobs.ts';
import { countMatching } from './queries/matching-findings.ts';
import { namedPackages } from './queries/named-packages.ts';
import { dueFigures, medianDaysToFix } from './queries/overview-figures.ts';
import { packageVersions } from './queries/package-versions.ts';
import { queryValues } from './queries/query-values.ts';
import { resourceDetail } from './queries/resource-detail.ts';
import { resourcePackages } from './queries/resource-packages.ts';
import { packageTypes, resourceScans } from './queries/resource-scans.ts';
import { countResources, resourcesPage } from './queries/resources-page.ts';
import { scopeChoices } from './queries/scope-choices.ts';
import { search } from './queries/search.ts';
import { openCounts } from './queries/severity-counts.ts';
import { changeIn7Days, severityTrend } from './queries/severity-trend.ts';
import { usage } from './queries/usage.ts';
import type { Sql } from './sql.ts';

/** Everything the console reads, one file under `queries` for each question. */
export function createConsoleReads(sql: Sql): ConsoleReads {
  return {
    accountsIn: (groups) => accountsIn(sql, groups),
    accountSet: (id) => accountSet(sql, id),
    scopeChoices: (visible) => scopeChoices(sql, visible),
    overview: (visible, now) => overview(sql, visible, now),
    findings: (visible, criteria, page, now) => findingsPage(sql, visible, criteria, page, now),
    changedFindings: (visible, seen) => changedFindings(sql, visible, seen),
    countFindings: async (visible, criteria, now) =>
      countMatching(sql, visible, criteria, await resolveNames(sql, criteria), now),
    queryValues: (visible, source, typed, limit) => queryValues(sql, visible, source, typed, limit),
    findingGroups: (visible, grouping, criteria, page, now) =>
      findingGroups(sql, visible, grouping, criteria, page, now),
    vulnerability: (name) => vulnerabilityFacts(sql, name),
    blastRadius: (visible, id, now) => blastRadius(sql, visible, id, now),
    vulnerabilityEvents: (visible, id) => vulnerabilityEvents(sql, visible, id),
    scanShares: (visible, now) => scannedResources(sql, visible, now),
    finding: (visible, id) => findingDetail(sql, visible, id),
    assuranceGaps: async (visible, now) => assuranceGaps(await assuranceFacts(sql, visible, now)),
    resource: (visible, id, now) => resourceDetail(sql, visible, id, now),
    resources: (visible, filter, page, now) => resourcesPage(sql, visible, filter, page, now),
    usage: (visible, ask) => usage(sql, visible, ask),
    coverage: (visible, by, now) => coverageView(sql, visible, by, now),
    ledger: (visible, filter, page, now) => ledgerPage(sql, visible, filter, page, now),
    countResources: (visible, filter, now) => countResources(sql, visible, filter, now),
    packageVersions: (visible, search) => packageVersions(sql, visible, search),
    openSteps: (visible, id, now) => openSteps(sql, visible, id, now),
    compareScans: (visible, id, scans) => compareScans(sql, visible, id, scans),
    resourcePackages: (visible, id, page, filter) => resourcePackages(sql, visible, id, page, filter),
    namedPackages: (visible, id, names) => namedPackages(sql, visible, id, names),
    resourceScans: (visible, id, now) => resourceScans(sql, visible, id, now),
    packageTypes: (visible, id) => packageTypes(sql, visible, id),
    exposure: (visible, from) => exposure(sql, visible, from),
    exposureRows: (visible, from, page) => exposureRows(sql, visible, from, page),
    networkPlaces: (visible) => networkPlaces(sql, visible),
    groupsAt: (accountId, region) => groupsAt(sql, accountId, region),
    exposedPaths: (visible, port) => exposedPaths(sql, visible, port),
    jobs: (limit) => newestJobs(sql, limit),
    job: (id) => jobById(sql, id),
    jobTargets: (visible, ask) => jobTargets(sql, visible, ask),
    jobLog: (id, limit) => jobLog(sql, id, limit),
    jobLogPages: (id) => jobLogPages(sql, id),
    search: (visible, text, limit) => search(sql, visible, text, limit),
  };
}

async function overview(sql: Sql, visible: VisibleScope, now: Date): Promise<Omit<Overview, 'assurance'>> {
  const [open, due, medianDays, scanned, change7Days, accountsByRisk] = await Promise.all([
    openCounts(sql, visible),
    dueFigures(sql, visible, now),
    medianDaysToFix(sql, visible, now),
    scannedResources(sql, visible, now),
    changeIn7Days(sql, visible, now),
    accountRisk(sql, visible),
  ]);
  const [trend, fixes] = await Promise.all([
    severityTrend(sql, visible, open.bySeverity, now),
    fixFirst(sql, visible, open.score),
  ]);
  const { ec2, ecr, lambda } = scanned.scannedOfKind;
  const cost = estimateMonthlyCost({ instances: ec2, hours: HOURS_A_MONTH, images: ecr, functions: lambda });
  return {
    accounts: scanned.accounts,
    resources: scanned.total,
    open: open.bySeverity,
    openTotal: open.total,
    change7Days,
    figures: {
      actNow: open.actNow,
      ...due,
      medianDaysToFixCritical: medianDays,
      resources: scanned.total,
      scanned: scanned.scanned,
      costUsd: cost.totalUsd,
    },
    trend,
    fixFirst: fixes,
    accountsByRisk,
    coverage: scanned.shares,
  };
}
