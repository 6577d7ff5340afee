import { resourceId } from '../../core/model/ids.ts';
import { type ImageReference, nameOfReference, parseReference } from '../../core/model/image-reference.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import type { Resource } from '../../core/model/resource.ts';
import { type JobHandler, PermanentJobError } from '../contracts.ts';
import { type ScanOutsideDependencies, scanOutside, THIS_MACHINE } from './scan-outside.ts';

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
    run: async ({ reference, platform }, context) => {
      const named = parseReference(reference);
      if (named === null) throw new PermanentJobError('The name of the image cannot be read.');
      const credentials = await deps.dependencies.registryCredentials.open(named.registry);
      return scanOutside(deps, context, {
        resource: imageResource(named, platform),
        what: 'The image',
        phase: 'Pull layers (MB)',
        mayBeNothing: true,
        collect: (signal, report) => deps.pull(named, { platform, credentials, signal, onLayer: report }),
      });
    },
  };
}

/** The platform that goes without saying, in names as well as where nobody chose one. */
const USUAL_PLATFORM = 'linux/amd64';

/**
 * An image goes by its name and not by its digest: pushed again under the same name it is the same thing, so that a fixed build
 * closes what the one before it had. Images of other platforms hold other packages, so each is a thing of its own.
 */
function imageResource(reference: ImageReference, platform: string): Resource {
  const name = nameOfReference(reference);
  const isUsual = platform === USUAL_PLATFORM;
  return {
    id: resourceId(isUsual ? `image:${name}` : `image:${name}#${platform}`),
    accountId: THIS_MACHINE.id,
    region: 'local',
    kind: 'image',
    name: isUsual ? name : `${name} (${platform})`,
    environment: null,
    tags: {},
    sample: false,
  };
}
