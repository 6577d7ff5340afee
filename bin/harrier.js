#!/usr/bin/env node
// Must parse on every Node that people still have: it finds the Node 24 that the installation brought along.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';

const SELF = fileURLToPath(import.meta.url);
const FLAG = '--disable-warning=ExperimentalWarning';

function runsTypeScript() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const recent = major > 22 || (major === 22 && minor >= 18);
  return recent && process.getBuiltinModule('node:sqlite') !== undefined;
}

function startAgain() {
  const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
  if (process.env.HARRIER_NODE_RESTARTED || !existsSync(node)) {
    process.stderr.write(
      `harrier: Node ${process.versions.node} is too old and the installation holds no newer one. ` +
        'Run "npm ci" in the folder of Harrier, or install Node 22.18 or later.\n',
    );
    process.exit(3);
  }
  const child = spawn(node, [FLAG, SELF, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, HARRIER_NODE_RESTARTED: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    process.stderr.write(`harrier: ${node} could not be started: ${error.message}\n`);
    process.exit(3);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exit(code ?? 3);
    }
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

if (runsTypeScript()) {
  // What the command prints is for people and scripts; that a module of Node is young concerns neither.
  process.removeAllListeners('warning');
  // Reading TypeScript anew would take most of a short command's time. Kept inside the installation, where nobody else
  // can put code; where it cannot be written, nothing is kept.
  module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/harrier', import.meta.url)));
  const { main } = await import('../lib/cli.ts');
  await main(process.argv.slice(2));
} else {
  startAgain();
}
