import { type ImageReference, parseReference } from '../../core/model/image-reference.ts';
import { imageResourceId, imageResourceName } from '../../core/model/image-resource.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import { type JobHandler, PermanentJobError } from '../contracts.ts';
import { outsideResource, type ScanOutsideDependencies, scanOutside } from './scan-outside.ts';
import { waitForFeeds } from './wait-for-feeds.ts';

/** How an image is pulled. */
export interface PullOptions {
  readonly platform: string;
  readonly credentials: { readonly username: string; readonly password: string } | null;
  readonly signal: AbortSignal;
  /** Told after each layer, in megabytes as stored. */
  readonly onLayer: (done: number, total: number) => Promise<void>;
}

export interface ScanImageDependencies extends ScanOutsideDependencies {
  pull(reference: ImageReference, options: PullOptions): Promise<Inventory>;
}

/** Pulls and scans a container image that a person named. */
export function scanImageHandler(deps: ScanImageDependencies): JobHandler<'scan-image'> {
  return {
    kind: 'scan-image',
    run: async ({ reference, platform, after }, context) => {
      const named = parseReference(reference);
      if (named === null) throw new PermanentJobError('The name of the image cannot be read.');
      if (after) await waitForFeeds(deps.dependencies, after, context);
      const credentials = await deps.dependencies.registryCredentials.open(named.registry);
      return scanOutside(deps, context, {
        resource: outsideResource('image', imageResourceId(named, platform), imageResourceName(named, platform)),
        what: 'The image',
        phase: 'Pull layers (MB)',
        mayBeNothing: true,
        collect: (signal, report) => deps.pull(named, { platform, credentials, signal, onLayer: report }),
      });
    },
  };
}
