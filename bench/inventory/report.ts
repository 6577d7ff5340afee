// `npm run formats [-- DATA]`: reads every published fixture and what other readers read as well, and writes docs/inventory.md.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { besideAll } from './beside.ts';
import { besideText } from './beside-text.ts';
import { fixtureFiles, fixtureTrees } from './fixture-trees.ts';
import { fixturesText, nobodyText } from './fixtures-text.ts';
import { readFixtures } from './read-fixtures.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const [data = join(ROOT, '..', 'shared', 'data')] = process.argv.slice(2);
if (existsSync(join(data, 'lockfiles'))) {
  await report(resolve(data));
} else {
  process.stderr.write(`There are no fixtures at ${data}. Name their folder: npm run formats -- DIRECTORY\n`);
  process.exitCode = 2;
}

async function report(from: string): Promise<void> {
  const files = fixtureFiles(from);
  const landing = await readFixtures(from, fixtureTrees(from, files), files);
  const area = mkdtempSync(join(tmpdir(), 'harrier-formats-'));
  try {
    const beside = besideText(await besideAll(from, area));
    const text = `# Inventory

Made by \`npm run formats\`, which takes trivy from the path or from \`TRIVY\`; measured ${new Date().toISOString().slice(0, 10)}.

## Every published fixture

${fixturesText(landing, files.length)}
${nobodyText(landing.nobody)}
## Beside other readers

${beside.text}`;
    writeFileSync(join(ROOT, 'docs', 'inventory.md'), text);
    process.stdout.write(
      `${files.length} files, ${landing.nobody.length} that nobody spoke of; ${beside.unexplained} differences unexplained\n`,
    );
    process.exitCode = landing.nobody.length + beside.unexplained > 0 ? 1 : 0;
  } finally {
    rmSync(area, { recursive: true, force: true });
  }
}
