// `npm run fuzz [-- SECONDS [NAME]]`: mutated input for every parser and comparer, from a new seed each time.
import { fuzz } from '../lib/testing/fuzz/run.ts';
import { openFuzzBench } from '../lib/testing/fuzz/targets.ts';

const [seconds = '10', name] = process.argv.slice(2);
const bench = openFuzzBench();
const seed = Date.now();
try {
  for (const target of bench.targets.filter((one) => name === undefined || one.name.includes(name))) {
    const attempts = await fuzz(target, Number(seconds) * 1000, seed);
    process.stdout.write(`${target.name.padEnd(24)} ${attempts.toLocaleString('en').padStart(12)} attempts\n`);
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  bench.close();
}
