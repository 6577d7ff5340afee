import { randomUUID } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { WorkerIdentity } from '../store/worker-records.ts';
import { processStart } from '../wiring/process-start.ts';

/** What this process is called among all workers of the database. */
export async function ownIdentity(): Promise<WorkerIdentity> {
  const host = hostname();
  return {
    id: randomUUID(),
    host,
    place: `${host} ${await bootId()} ${await processNamespace()}`,
    pid: process.pid,
    processStarted: processStart(process.pid) ?? '',
  };
}

/**
 * True when the process has ended for certain. The caller has made sure that it ran in the same place: the same
 * number in another container is another process.
 */
export async function isGone(worker: WorkerIdentity): Promise<boolean> {
  const started = processStart(worker.pid);
  return started === null || (started !== 'unknown' && started !== worker.processStarted);
}

async function bootId(): Promise<string> {
  const id = await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => 'one-boot');
  return id.trim();
}

async function processNamespace(): Promise<string> {
  return readlink('/proc/self/ns/pid').catch(() => 'one-namespace');
}
