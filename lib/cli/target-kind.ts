import type { Inventory } from '../core/model/inventory.ts';
import type { Surroundings } from './command.ts';
import type { ProgressLine } from './progress-line.ts';

export interface TargetOptions {
  /** Which image of a multi-platform one, `linux/arm64`. */
  readonly platform?: string | undefined;
}

/** What is scanned. */
export interface Target {
  /** As typed. */
  readonly text: string;
  collect(around: Surroundings, progress: ProgressLine): Promise<Inventory>;
  /** Identity of what was collected. */
  resourceOf(inventory: Inventory): string;
}

/** One kind of target, by the word before the colon. */
export interface TargetKind {
  /** How it is typed, for usage lines. */
  readonly forms: readonly string[];
  readonly takesPlatform: boolean;
  /** `rest` is what was typed behind the colon; '' for the word alone. Null where it is none. */
  read(text: string, rest: string, options: TargetOptions): Target | null;
}
