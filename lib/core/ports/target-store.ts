import type { ResourceId } from '../model/ids.ts';
import type { QuietTime, ScanSchedule, ScanTarget, TargetPreview, TargetRule } from '../model/scan-target.ts';

/** Targets of scans and their schedules. */
export interface TargetStore {
  /** By name. */
  targets(): Promise<readonly ScanTarget[]>;
  target(id: string): Promise<ScanTarget | null>;
  /** Keeps name and rule, its quiet time stays. Throws AppError where another has the name. */
  saveTarget(target: Omit<ScanTarget, 'quiet'>): Promise<void>;
  /** Says when no scan of it starts by itself. */
  saveQuiet(id: string, quiet: QuietTime | null): Promise<void>;
  /** With its schedules; false where there was none. */
  removeTarget(id: string): Promise<boolean>;
  schedules(): Promise<readonly ScanSchedule[]>;
  saveSchedule(schedule: ScanSchedule): Promise<void>;
  removeSchedule(id: string): Promise<boolean>;
  /** Schedules whose time has come, locked to the end of the transaction so that of several workers one has each. */
  dueSchedules(now: Date): Promise<readonly ScanSchedule[]>;
  /** Resources of accounts (null: of all) that a rule names. */
  preview(rule: TargetRule, accounts: readonly string[] | null): Promise<TargetPreview>;
  /** How many resources of accounts (null: of all) each of some rules names, counted at one look. */
  counts(rules: readonly TargetRule[], accounts: readonly string[] | null): Promise<readonly number[]>;
  /** Makes everything eligible that a rule names due now; how many. */
  askFor(rule: TargetRule, accounts: readonly string[] | null, now: Date): Promise<number>;
  /** Makes one resource due now, where it may be scanned; null where there is none that is visible. */
  askForResource(
    resource: ResourceId,
    accounts: readonly string[] | null,
    now: Date,
  ): Promise<{ readonly state: string; readonly reason: string | null } | null>;
  /** Makes those of some resources that may be scanned and are visible due now; how many. */
  askForResources(resources: readonly ResourceId[], accounts: readonly string[] | null, now: Date): Promise<number>;
  /** Makes what a job could not read due now; how many. */
  askForFailed(jobId: string, now: Date): Promise<number>;
}
