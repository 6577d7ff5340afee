import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepSecret, lockDataDirectory, prepareDataDirectory } from './data-directory.ts';
import { processStart } from './process-start.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'harrier-data-'));
});

afterEach(() => {
  chmodSync(directory, 0o700);
  rmSync(directory, { recursive: true });
});

function writeLock(content: unknown): void {
  writeFileSync(join(directory, 'harrier.lock'), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('lockDataDirectory', () => {
  it('a second start is told the process and the address of the first', () => {
    lockDataDirectory(directory, 'http://localhost:3000');

    expect(() => lockDataDirectory(directory, 'http://localhost:3001')).toThrow(
      new RegExp(`already runs on ${directory} \\(process ${process.pid}, http://localhost:3000\\)`),
    );
  });

  it('a released lock can be taken again and nothing is left lying about', () => {
    lockDataDirectory(directory, 'a').release();
    lockDataDirectory(directory, 'b').release();

    expect(readdirSync(directory)).toEqual([]);
  });

  it('the lock of a process that died is taken over', () => {
    const { pid } = spawnSync('true');
    writeLock({ pid, start: 'boot/1', address: 'a' });

    lockDataDirectory(directory, 'b').release();
  });

  it('a process number that was used again does not hold the lock', async () => {
    const other = spawn('sleep', ['30']);
    try {
      writeLock({ pid: other.pid, start: 'an-earlier-boot/1', address: 'a' });
      lockDataDirectory(directory, 'b').release();

      writeLock({ pid: other.pid, start: processStart(other.pid ?? 0), address: 'a' });
      expect(() => lockDataDirectory(directory, 'b')).toThrow(/already runs/);
    } finally {
      other.kill('SIGKILL');
    }
  });

  it.each(['', '{', '[]', '{"pid":"x"}'])('a damaged lock (%s) is replaced', (content) => {
    writeLock(content);

    lockDataDirectory(directory, 'b').release();
  });
});

describe('prepareDataDirectory', () => {
  it('a missing directory is made for its owner alone', () => {
    const made = join(directory, 'deep', 'data');

    prepareDataDirectory(made, 0);

    expect(statSync(made).mode & 0o777).toBe(0o700);
    expect(readdirSync(made)).toEqual([]);
  });

  it('a file in its place is one sentence that names HARRIER_DATA', () => {
    writeFileSync(join(directory, 'file'), '');

    expect(() => prepareDataDirectory(join(directory, 'file'), 0)).toThrow(/a file is in its place.*HARRIER_DATA/);
    expect(() => prepareDataDirectory(join(directory, 'file', 'data'), 0)).toThrow(/is a file.*HARRIER_DATA/);
  });

  it('a full disk is one sentence with what is free and what is needed', () => {
    expect(() => prepareDataDirectory(directory, 2 ** 60)).toThrow(
      /has \d+ MiB free and Harrier needs at least \d+ MiB/,
    );
  });
});

describe('keepSecret', () => {
  it('is made once, for the owner alone', () => {
    const first = keepSecret(directory);

    expect(keepSecret(directory)).toBe(first);
    expect(Buffer.byteLength(first)).toBeGreaterThanOrEqual(32);
    expect(statSync(join(directory, 'secret')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(directory, 'secret'), 'utf8')).toBe(first);
  });

  it('a shortened one is not used', () => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'secret'), 'short');

    expect(() => keepSecret(directory)).toThrow(/shorter than 32 bytes/);
  });
});
