// Runs one command of the command line in a process of its own, as bin/harrier.js does; the last line of standard error is
// its peak memory in KB.
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/harrier', import.meta.url)));
const { main } = await import('../lib/cli.ts');
await main(process.argv.slice(2));
process.stderr.write(`${peakMemory()}\n`);

/** Linux counts the memory of the process that started this one into its maxRSS, but not into VmHWM. */
function peakMemory(): number {
  try {
    const own = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return Number(own ?? process.resourceUsage().maxRSS);
  } catch {
    // Not Linux.
    return process.resourceUsage().maxRSS;
  }
}
