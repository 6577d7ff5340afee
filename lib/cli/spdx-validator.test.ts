import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toSpdx } from '../core/exchange/spdx.ts';
import { bookworm, buildInventory, buildPackage } from '../testing/build-inventory.ts';
import { programPath } from '../testing/peer-programs.ts';
import { spdxSchema } from '../testing/spdx-schema.ts';

/** The SPDX project's own, in Python, which nothing else here needs: `pip install spdx-tools` adds its verdict to that of our schema. */
const VALIDATOR = programPath('pyspdxtools');

it(`documents of SPDX are valid by our schema${VALIDATOR === null ? '' : " and by the SPDX project's own validator"}`, () => {
  const packages = [
    buildPackage({ ecosystem: 'debian', name: 'openssl', version: '1:3.0.9-1' }),
    buildPackage({ ecosystem: 'npm', name: '@a/b', version: '1.0.0', confidence: 'low' }),
  ];
  const options = { name: 'host: a b', at: new Date('2026-11-24T12:00:00Z'), toolVersion: '0.1.0' };
  const text = toSpdx(buildInventory(bookworm, packages), options);
  const spoilt = text.replace('"NOASSERTION"', '"no place"');

  const isValid = spdxSchema();
  expect(isValid(JSON.parse(text))).toBe(true);
  expect(isValid(JSON.parse(spoilt))).toBe(false);
  if (VALIDATOR !== null) {
    expect(verdictOf(VALIDATOR, text)).toBe(0);
    expect(verdictOf(VALIDATOR, spoilt)).not.toBe(0);
  }
});

function verdictOf(validator: string, text: string): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'harrier-spdx-'));
  try {
    const file = join(folder, 'a.spdx.json');
    writeFileSync(file, text);
    return spawnSync(validator, ['-i', file]).status;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
