import type { Health } from '../../domain/health.ts';
import type { ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { padEnd } from '../../reporters/line.ts';

/** How an object stands beside what the journal says of it. */
type Standing = 'ok' | 'missing' | 'changed by hand' | 'foreign' | 'not looked at';

/** One object of a target. */
export interface StatusRow {
  readonly object: ObjectKey;
  readonly release: string;
  readonly state: Standing;
  /** What it is called, and where it is tuned: safe to print. */
  readonly text?: string;
  /** How it does its work, where that was asked for and its type does any. */
  readonly health?: Health;
}

/** The rows as a table; what stands as it was left says how it does instead. */
export function statusTable(rows: readonly StatusRow[]): string[] {
  return tableOf(['object', 'release', 'state'], rows.map(cellsOf));
}

/** The same of several targets, whose names stand before. */
export function targetsTable(rows: readonly { readonly target: string; readonly row: StatusRow }[]): string[] {
  const cells = rows.map(({ target, row }) => [target, ...cellsOf(row)]);
  return tableOf(['target', 'object', 'release', 'state'], cells);
}

function cellsOf(row: StatusRow): string[] {
  return [`${row.object.type} ${safe(row.object.id)}`, safe(row.release), ...said(row)];
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return ['nothing of ours is there'];
  const cells = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) => padEnd(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function said({ state, health, text = '' }: StatusRow): string[] {
  if (health === undefined) return [state, text];
  const [shown, how] = state === 'ok' ? [health.state, health.text] : [state, `${health.state}: ${health.text}`];
  return [shown, [how, text].filter((part) => part !== '').join(' · ')];
}
