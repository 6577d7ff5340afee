import type { HistoryStore } from '../../core/ports/history-store.ts';
import type { Sql } from '../sql.ts';
import { countsAsOf } from './counts-as-of.ts';
import { keptFrom } from './days.ts';
import { differenceBetween } from './difference-between.ts';
import { findingHistory } from './finding-history.ts';
import { findingsAsOf } from './findings-as-of.ts';
import { overviewAsOf } from './overview-as-of.ts';
import { createHistoryRemoval } from './remove-history.ts';
import { verifyChain } from './verify-chain.ts';

/** The past of findings, one file for each question, and the steps in which what is too old goes. */
export function createHistoryStore(sql: Sql): HistoryStore {
  return {
    ...createHistoryRemoval(sql),
    ofFinding: (visible, key) => findingHistory(sql, visible, key),
    findingsAsOf: (visible, request) => findingsAsOf(sql, visible, request),
    countsAsOf: (visible, day) => countsAsOf(sql, visible, day),
    overviewAsOf: (visible, day, now) => overviewAsOf(sql, visible, day, now),
    differenceBetween: (visible, from, to, limit) => differenceBetween(sql, visible, from, to, limit),
    keptFrom: () => keptFrom(sql),
    verify: (options) => verifyChain(sql, options),
  };
}
