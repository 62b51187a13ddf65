// What the running server has in its memory: a promise that it can't read something is looked at where it would be read.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const CHUNK = 4 * 1024 * 1024;

/** Whether the memory of the process holds these bytes anywhere that it can write. Linux only. */
export function memoryHolds(pid, text) {
  const wanted = Buffer.from(text);
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    return regions(pid).some(([from, to]) => regionHolds(memory, from, to, wanted));
  } finally {
    closeSync(memory);
  }
}

function regions(pid) {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .map((line) => /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line))
    .filter((match) => match !== null)
    .map(([, from, to]) => [Number.parseInt(from, 16), Number.parseInt(to, 16)]);
}

function regionHolds(memory, from, to, wanted) {
  const chunk = Buffer.alloc(CHUNK + wanted.length);
  for (let at = from; at < to; at += CHUNK) {
    let read = 0;
    try {
      read = readSync(memory, chunk, 0, Math.min(chunk.length, to - at), at);
    } catch {
      // Given back meanwhile.
    }
    if (chunk.subarray(0, read).includes(wanted)) return true;
  }
  return false;
}
