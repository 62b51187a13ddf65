// What was looked at: a line for each state, which the walks write and the sheets are made of.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Every width in every colour, with and without scripts, with both judges, and with pictures. */
export const isLong = Boolean(process.env.LONG);

const target = resolve(import.meta.dirname, '../..', process.env.CARGO_TARGET_DIR ?? 'target');
/** Where the pictures stand. */
export const FOLDER = join(target, 'pages');
export const LOOKS = join(FOLDER, 'looks.jsonl');

export type Look = {
  walk: string;
  state: string;
  path: string;
  scripts: boolean;
  /** In how many widths and colours. */
  ways: number;
  /** How many faults were found. */
  wrong: number;
  /** Their files, from the folder. */
  pictures: string[];
  milliseconds: number;
};

export function looks(): Look[] {
  if (!existsSync(LOOKS)) return [];
  return readFileSync(LOOKS, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
}
