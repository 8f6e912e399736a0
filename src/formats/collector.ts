import type { Finding } from '../domain/diagnostic.ts';
import type { Lines } from './text.ts';

/** What a reader says of one defect. */
export interface Words {
  /** What is wrong with which datum. */
  readonly message: string;
  /** What to write instead. */
  readonly help?: string;
}

/** Takes the defects of one file as they are met. */
export interface Collector {
  /**
   * @param start offset of the first wrong UTF-16 unit
   * @param end offset behind the last
   * @param describe called only for defects that are shown
   */
  add(check: string, start: number, end: number, describe: () => Words): void;
  /** All findings, those over the cap counted in a last one of their check. */
  findings(): Finding[];
}

/** Defects shown of one check in one file; a machine-made file repeats one mistake thousands of times. */
export const shownPerCheck = 20;

interface Overflow {
  readonly start: number;
  readonly end: number;
  count: number;
}

/** Collects the findings of a file, at most `shownPerCheck` of each check and a count of the others. */
export function createCollector(file: string, lines: Lines): Collector {
  const shown: Finding[] = [];
  const counts = new Map<string, number>();
  const overflows = new Map<string, Overflow>();
  return {
    add(check, start, end, describe) {
      const count = (counts.get(check) ?? 0) + 1;
      counts.set(check, count);
      if (count <= shownPerCheck) {
        shown.push({ check, ...describe(), at: { file, span: lines.span(start, end) } });
        return;
      }
      const overflow = overflows.get(check);
      if (overflow === undefined) overflows.set(check, { start, end, count: 1 });
      else overflow.count += 1;
    },
    findings() {
      const rest = [...overflows].map(([check, { start, end, count }]) => ({
        check,
        message: `${count} more of the same, the first of them here.`,
        at: { file, span: lines.span(start, end) },
      }));
      return [...shown, ...rest];
    },
  };
}
