import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

const resolve = createRequire(import.meta.url).resolve;
const FOLDER = join(dirname(resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');
/** Schemas that those of CycloneDX refer to, under the addresses that they have there. */
const SHARED = ['spdx', 'jsf-0.82', 'cryptography-defs'];

/** The official schema of a version of CycloneDX, from the library that keeps a copy. */
export function cyclonedxSchema(version: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // Addresses in other scripts: no package of ours knows the format, and nothing that we write has one.
  ajv.addFormat('iri-reference', true);
  ajv.addFormat('idn-email', true);
  for (const name of SHARED) {
    ajv.addSchema(schema(`${name}.SNAPSHOT.schema.json`), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(schema(`bom-${version}.SNAPSHOT.schema.json`));
}

function schema(name: string): object {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as object;
}
