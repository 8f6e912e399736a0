import type { Finding } from '../domain/diagnostic.ts';
import type { ArchiveCheckId } from './archive.ts';

/** Enough to see what is wrong; a hostile archive repeats one defect in each of its thousand entries. */
const shownPerCheck = 5;

/** Gathers the findings of one archive, in order, few of each kind. */
export class ArchiveFindings {
  readonly #list: Finding[] = [];
  readonly #counts = new Map<ArchiveCheckId, number>();

  /**
   * @param options `help`: where the check's own does not fit; `file`: path in the archive, where the name is sound
   */
  add(check: ArchiveCheckId, message: string, options: { help?: string; file?: string } = {}): void {
    const count = (this.#counts.get(check) ?? 0) + 1;
    this.#counts.set(check, count);
    if (count > shownPerCheck) return;
    const { help, file } = options;
    this.#list.push({ check, message, ...(help && { help }), ...(file && { at: { file } }) });
  }

  /** Adds a finding that another reader made. */
  push(finding: Finding & { readonly check: ArchiveCheckId }): void {
    this.add(finding.check, finding.message, finding.help === undefined ? {} : { help: finding.help });
  }

  has(check: ArchiveCheckId): boolean {
    return this.#counts.has(check);
  }

  get empty(): boolean {
    return this.#list.length === 0;
  }

  /** The findings in the order they were made; what was left out is counted at the end. */
  list(): Finding[] {
    const rest = [...this.#counts].filter(([, count]) => count > shownPerCheck);
    const more = rest.map(([check, count]) => ({ check, message: moreOf(count - shownPerCheck) }));
    return [...this.#list, ...more];
  }
}

function moreOf(count: number): string {
  return count === 1 ? '1 more entry has this defect.' : `${count.toLocaleString('en')} more entries have this defect.`;
}
