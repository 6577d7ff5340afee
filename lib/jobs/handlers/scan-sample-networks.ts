import type { Dependencies } from '../../operations/dependencies.ts';
import { instanceFactsOf, SAMPLE_MACHINES } from '../../sample/machines.ts';
import { sampleNetworks } from '../../sample/network-lists.ts';
import { SAMPLE_WAVES } from '../../sample/sample-thing.ts';
import type { JobContext } from '../contracts.ts';
import { type ScannedNetwork, scanNetwork } from './scan-network.ts';

/** Networks of real accounts may wait as well; those of the sample are picked out of so many. */
const DUE_MAX = 10_000;
/** So long before it is solved a network was read. */
const READ_BEFORE_MS = 1_000;
const NEVER = new Date(0);

/**
 * Saves the networks of the sample as they are in a wave and has the engine solve those that changed, as of that time; in the
 * last wave all of them.
 */
export async function* scanSampleNetworks(
  dependencies: Dependencies,
  context: JobContext,
  wave: { readonly index: number; readonly at: Date },
): AsyncGenerator<ScannedNetwork> {
  const deps = asOf(dependencies, wave.at);
  const there = SAMPLE_MACHINES.filter(({ thing }) => thing.since <= wave.index);
  await deps.cloud.saveFacts(
    there.map((machine) => ({ resource: machine.thing.resource.id, facts: instanceFactsOf(machine) })),
  );
  const networks = sampleNetworks(wave.index);
  const readAt = new Date(wave.at.getTime() - READ_BEFORE_MS);
  for (const { told, ...place } of networks) await deps.network.save(place, told, readAt);
  const solvedBefore = wave.index === SAMPLE_WAVES - 1 ? wave.at : NEVER;
  const due = await deps.network.due(solvedBefore, DUE_MAX);
  const places = new Set(networks.map(placeName));
  for (const network of due.filter((one) => places.has(placeName(one)))) {
    context.signal.throwIfAborted();
    yield await scanNetwork(deps, network, context);
  }
}

const placeName = (place: { readonly accountId: string; readonly region: string }): string =>
  `${place.accountId} ${place.region}`;

/** The same dependencies at another time. */
function asOf(deps: Dependencies, at: Date): Dependencies {
  const clock = { now: () => at };
  return { ...deps, clock, atomically: (work) => deps.atomically((inside) => work({ ...inside, clock })) };
}
