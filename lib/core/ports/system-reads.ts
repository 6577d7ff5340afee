import type { SystemState } from '../model/system-state.ts';
import type { FeedView } from '../model/views.ts';

/** What is known about the installation itself. */
export interface SystemReads {
  feeds(): readonly FeedView[];
  state(): Promise<SystemState>;
}
