// Runs one command of the command line in a process of its own, as bin/harrier.js does; the last line of standard error is
// its peak memory in KB.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/harrier', import.meta.url)));
const { main } = await import('../lib/cli.ts');
await main(process.argv.slice(2));
process.stderr.write(`${process.resourceUsage().maxRSS}\n`);
