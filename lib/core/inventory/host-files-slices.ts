import { createHash } from 'node:crypto';
import { HOST_SLICE } from './host-files-command.ts';

/** More than a host with the most packages that are read has. */
const SLICES_MAX = 40;
const TRIES_MAX = 2;

interface Slice {
  readonly length: number;
  readonly sha256: string;
  readonly text: string;
}

export interface HostFailure {
  readonly kind: 'failed';
  readonly message: string;
  /** Code of the reason for the ledger. */
  readonly reason: string;
}

/** What all slices together are. */
export type HostResult = { readonly kind: 'whole'; readonly base64: string } | HostFailure;

/** Runs the command from an offset on: what it printed, or why there is nothing. */
export type HostRun = (offset: number) => Promise<string | HostFailure>;

/**
 * The whole result of the command from the slices that runs of it print. Where a host changes between two slices it begins again, once.
 */
export async function gatherHostResult(run: HostRun): Promise<HostResult> {
  for (let tried = 0; tried < TRIES_MAX; tried += 1) {
    const gathered = await gather(run);
    if (gathered !== null) return gathered;
  }
  return failed('What is installed on the instance changed each time while it was read.');
}

/** Null where the host changed meanwhile. */
async function gather(run: HostRun): Promise<HostResult | null> {
  const texts: string[] = [];
  let first: Slice | null = null;
  for (let offset = 0; first === null || offset < first.length; offset += HOST_SLICE) {
    const output = await run(offset);
    if (typeof output !== 'string') return output;
    const slice = readSlice(output);
    if (slice === null) return failed('The command printed something else than its result.');
    if (slice.length > SLICES_MAX * HOST_SLICE) {
      return failed(`The result of the command has ${slice.length} characters, more than is read.`);
    }
    first ??= slice;
    if (slice.sha256 !== first.sha256 || slice.length !== first.length) return null;
    if (slice.text.length !== Math.min(HOST_SLICE, slice.length - offset)) {
      return failed('SSM cut the result of the command.');
    }
    texts.push(slice.text);
  }
  const base64 = texts.join('');
  return createHash('sha256').update(base64).digest('hex') === first.sha256
    ? { kind: 'whole', base64 }
    : failed('The result of the command does not have the digest that it states.');
}

/** One run's output; null where it is none. */
function readSlice(output: string): Slice | null {
  const header = /^harrier1 ([0-9]{1,10}) ([0-9a-f]{64})\r?\n/.exec(output);
  if (header === null) return null;
  const [line, length, sha256 = ''] = header;
  return { length: Number(length), sha256, text: output.slice(line.length).trimEnd() };
}

function failed(message: string): HostFailure {
  return { kind: 'failed', message, reason: 'INTERNAL_ERROR' };
}
