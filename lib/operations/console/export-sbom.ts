import { z } from 'zod';
import { toCyclonedx } from '../../core/exchange/cyclonedx.ts';
import { toSpdx } from '../../core/exchange/spdx.ts';
import { AppError } from '../../core/model/app-error.ts';
import { resourceId } from '../../core/model/ids.ts';
import type { Download } from '../download.ts';
import type { Operation } from '../operation.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';
import { idInput, parseInput } from './input.ts';
import { visibleEstate } from './visible-scope.ts';

const FORMATS = ['cyclonedx', 'spdx'] as const;
const schema = idInput.extend({ format: z.enum(FORMATS).default('cyclonedx') });

/** The packages of a resource as a document: CycloneDX 1.5 or SPDX 2.3. It says so itself where the last scan was not complete. */
export const exportSbom: Operation<z.output<typeof schema>, Download> = {
  name: 'ExportResourceSbom',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { id, format }) {
    const now = deps.clock.now();
    const resource = await deps.reads.resource(visibleEstate(caller), id, now);
    if (resource === null) {
      throw new AppError(
        'not-found',
        'There is no such resource in the accounts you can see. It may have been removed.',
      );
    }
    const stored = await deps.inventories.of(resourceId(id));
    if (stored === null) {
      throw new AppError('not-found', 'No scan has read the packages of this resource yet, so there is no SBOM of it.');
    }
    const { version } = await deps.system.state();
    const options = { name: resource.name, at: now, toolVersion: version };
    const text =
      format === 'spdx'
        ? toSpdx(stored.inventory, options)
        : toCyclonedx(stored.inventory, { ...options, spec: '1.5' });
    await recordPersonActivity(deps, caller, 'sbom-exported', resource.name, `Exported an SBOM (${format}).`, {
      accounts: [resource.accountId],
    });
    return { name: `${fileName(resource.name)}.${ENDINGS[format]}`, type: 'application/json', parts: once(text) };
  },
};

const ENDINGS = { cyclonedx: 'cdx.json', spdx: 'spdx.json' } as const;

/** Names of resources come from strangers; only plain signs go into a header. */
function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, '-').slice(0, 100) || 'sbom';
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
