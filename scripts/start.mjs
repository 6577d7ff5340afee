// `npm start`: makes the clone ready, then hands over to the supervisor on the Node that came with the packages.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap.mjs';
import { QUIET, StepError } from './run-step.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const isDevelopment = process.argv.includes('--dev');

try {
  await serve(await bootstrap({ build: !isDevelopment }));
} catch (error) {
  if (!(error instanceof StepError) && error.code === undefined) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function serve(node) {
  const watch = new URL('watch-parent.mjs?graceSeconds=90', import.meta.url).href;
  const args = ['--import', watch, fileURLToPath(new URL('serve.ts', import.meta.url))];
  const child = spawn(node, isDevelopment ? [...args, '--dev'] : args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...QUIET },
  });
  // The supervisor stops everything in order; this process only waits for it. A repeated signal does no harm there.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => {
      process.exitCode = code ?? 1;
      settle();
    });
  });
}
