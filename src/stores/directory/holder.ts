import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errnoOf } from '../../errors.ts';

/** A process, told so that a later one on the same machine can see whether it still lives. */
export interface Holder {
  readonly host: string;
  readonly pid: number;
  /** Clock ticks from the machine's start to the process's: field 22 of `/proc/<pid>/stat` (proc(5)). */
  readonly start: string | undefined;
  /** Made of `/etc/machine-id`, which is nobody else's to know (machine-id(5)): two machines may share a host name. */
  readonly machine: string | undefined;
  /** Id of the machine's start: a process does not outlive it. */
  readonly boot: string | undefined;
  /** The pid name space: containers on one machine count their processes apart. */
  readonly space: string | undefined;
}

/**
 * Whether a process lives, as far as `self` can know.
 * `unknown`: it belongs to another machine or container, or it is not said to whom it belongs.
 */
export type Standing = 'self' | 'alive' | 'dead' | 'unknown';

/** This process. */
export function thisProcess(host = hostname()): Holder {
  return {
    host,
    pid: process.pid,
    start: stateOf(process.pid)?.start,
    machine: hashed(textOf('/etc/machine-id')),
    boot: textOf('/proc/sys/kernel/random/boot_id'),
    space: linkOf('/proc/self/ns/pid'),
  };
}

/** See `Standing`. A doubt is never `dead`: a claim that is taken from a living process costs more than one kept too long. */
export function standingOf(holder: Holder, self: Holder): Standing {
  if (holder.host !== self.host || holder.machine !== self.machine) return 'unknown';
  if (holder.boot !== self.boot) return holder.machine !== undefined && holder.boot !== undefined ? 'dead' : 'unknown';
  if (holder.space !== self.space) return 'unknown';
  if (holder.pid === self.pid && holder.start === self.start) return 'self';
  if (!exists(holder.pid)) return 'dead';
  const state = stateOf(holder.pid);
  // Not to be read (hidepid, no /proc): it exists, so it counts as alive.
  if (state === undefined || holder.start === undefined) return 'alive';
  return state.start !== holder.start || state.ended ? 'dead' : 'alive';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}

// The name (field 2) may hold spaces and brackets, so fields are counted from the last bracket: state is field 3.
function stateOf(pid: number): { readonly start: string; readonly ended: boolean } | undefined {
  const text = textOf(`/proc/${pid}/stat`);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields?.[0], fields?.[19]];
  if (state === undefined || start === undefined) return undefined;
  // A zombie or a dead process writes nothing any more.
  return { start, ended: state === 'Z' || state === 'X' };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

function hashed(text: string | undefined): string | undefined {
  return text && createHash('sha256').update(`ml-detection-release ${text}`).digest('hex').slice(0, 16);
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
