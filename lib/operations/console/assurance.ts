import type { VisibleScope } from '../../core/model/scope.ts';
import type { Assurance } from '../../core/model/views.ts';
import type { Dependencies } from '../dependencies.ts';

/** Whether zero findings would be proof for this scope, and if not, what is missing. */
export async function assuranceOf(deps: Dependencies, visible: VisibleScope): Promise<Assurance> {
  return toAssurance(await deps.reads.assuranceGaps(visible, deps.clock.now()));
}

export function toAssurance(gaps: readonly string[]): Assurance {
  return { proven: gaps.length === 0, gaps };
}
