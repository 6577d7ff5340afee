import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toSpdx } from '../core/exchange/spdx.ts';
import { bookworm, buildInventory, buildPackage } from '../testing/build-inventory.ts';

const VALIDATOR = 'pyspdxtools';

it("documents of SPDX pass the SPDX project's own validator", (ctx) => {
  if (spawnSync(VALIDATOR, ['--version']).error !== undefined) {
    // It is a program in Python, which nothing else here needs; the fields are held by a schema of ours in any case.
    ctx.skip(`${VALIDATOR} is not installed: "pip install spdx-tools" to run this`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'harrier-spdx-'));
  try {
    const packages = [
      buildPackage({ ecosystem: 'debian', name: 'openssl', version: '1:3.0.9-1' }),
      buildPackage({ ecosystem: 'npm', name: '@a/b', version: '1.0.0', confidence: 'low' }),
    ];
    const options = { name: 'host: a b', at: new Date('2026-11-24T12:00:00Z'), toolVersion: '0.1.0' };
    const judge = (text: string): number | null => {
      const file = join(folder, 'a.spdx.json');
      writeFileSync(file, text);
      return spawnSync(VALIDATOR, ['-i', file]).status;
    };
    const text = toSpdx(buildInventory(bookworm, packages), options);

    expect(judge(text)).toBe(0);
    expect(judge(text.replace('"NOASSERTION"', '"no place"'))).not.toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
