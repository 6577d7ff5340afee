// Preloaded into every child: when the process that started it is gone, however that came about, it ends as well.
import { isMainThread } from 'node:worker_threads';

const POLL_MILLISECONDS = 500;
/** How long a clean end may take before this process is ended at once; the supervisor has to wait for others. */
const GRACE_SECONDS = Number(new URL(import.meta.url).searchParams.get('graceSeconds') ?? 5);

if (isMainThread) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    setTimeout(() => process.exit(1), GRACE_SECONDS * 1000).unref();
    process.kill(process.pid, 'SIGTERM');
  }, POLL_MILLISECONDS);
  timer.unref();
}
