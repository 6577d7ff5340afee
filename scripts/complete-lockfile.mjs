// Adds the optional platform packages that a registry did not list to package-lock.json. Without them `npm ci`
// rejects the lock on a machine whose registry knows them (npm drops unknown optional packages silently).
import { readFileSync, writeFileSync } from 'node:fs';

const OPERATING_SYSTEMS = [
  'darwin',
  'linux',
  'win32',
  'android',
  'freebsd',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'openharmony',
];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32'];

const file = process.argv[2] ?? 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = [];

for (const [owner, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (lock.packages[place] || lock.packages[`${owner}/${place}`]) continue;
    const words = name.split(/[-/]/);
    const os = OPERATING_SYSTEMS.filter((word) => words.includes(word));
    const cpu = PROCESSORS.filter((word) => words.includes(word)).slice(0, 1);
    if (os.length === 0 && cpu.length === 0) continue;
    lock.packages[place] = {
      version: range.replace(/^[\^~]/, ''),
      optional: true,
      ...(cpu.length > 0 ? { cpu } : {}),
      ...(os.length > 0 ? { os } : {}),
    };
    added.push(name);
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added.length} entries added to ${file}${added.length > 0 ? `: ${added.join(', ')}` : ''}\n`);
