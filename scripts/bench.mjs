// `npm run bench [-- NAME]`: makes the clone ready, then measures on the Node that came with the packages.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap.mjs';
import { StepError } from './run-step.mjs';

try {
  const node = await bootstrap({ build: false });
  const run = fileURLToPath(new URL('../bench/run.ts', import.meta.url));
  const flags = ['--disable-warning=ExperimentalWarning'];
  const { status } = spawnSync(node, [...flags, run, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} catch (error) {
  if (!(error instanceof StepError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
