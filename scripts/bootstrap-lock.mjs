// One set-up at a time: `npm start` and `npm test` may begin together on a fresh clone.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MILLISECONDS = 2000;
/** A holder that shows no life for this long is gone, even when its number belongs to another process by now. */
const SILENT_MILLISECONDS_MAX = 60_000;

/**
 * @template T
 * @param {string} file
 * @param {(say: (what: string) => void) => Promise<T>} work receives a function that records what is being done
 * @param {(sentence: string) => void} report told once what is being waited for
 * @returns {Promise<T>}
 */
export async function withBootstrapLock(file, work, report) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let told = '';
  while (!take(file)) {
    const holder = read(file);
    if (holder === null || !isAlive(holder.pid) || isSilent(file)) {
      clear(file);
      continue;
    }
    const sentence = `Waiting for process ${holder.pid}, which is busy here: ${holder.what}.`;
    if (sentence !== told) report(sentence);
    told = sentence;
    await sleep(250);
  }
  const release = () => {
    if (read(file)?.pid === process.pid) rmSync(file, { force: true });
  };
  process.once('exit', release);
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MILLISECONDS);
  try {
    return await work((what) => write(file, what, 'w'));
  } finally {
    clearInterval(heartbeat);
    process.removeListener('exit', release);
    release();
  }
}

function take(file) {
  try {
    write(file, 'checking what is installed', 'wx');
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function write(file, what, flag) {
  writeFileSync(file, JSON.stringify({ pid: process.pid, what }), { flag });
}

/** @returns {{ pid: number, what: string } | null} null when it is gone or was cut off while it was written */
function read(file) {
  try {
    const { pid, what } = JSON.parse(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) ? { pid, what: String(what) } : null;
  } catch {
    return null;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function isSilent(file) {
  try {
    return Date.now() - statSync(file).mtimeMs > SILENT_MILLISECONDS_MAX;
  } catch {
    return false;
  }
}

function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // A cleaned directory takes the lock with it; the work itself is not harmed.
  }
}

/** Renamed first, so that of two processes that see a dead holder only one removes the file. */
function clear(file) {
  const away = `${file}.${process.pid}`;
  try {
    // A lock that was only just made may be empty for a moment; it is no dead one yet.
    if (read(file) === null && Date.now() - statSync(file).mtimeMs < 1000) return;
    renameSync(file, away);
    rmSync(away, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
