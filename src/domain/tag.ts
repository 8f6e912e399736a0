/** A release name: `<family>-YYYYMMDD-N`, the name of the release, its tag, its zip and the bundle's folder at once. */
export interface ReleaseName {
  readonly name: string;
  readonly family: string;
  /** `YYYYMMDD`, a real day of the calendar. */
  readonly date: string;
  /** 1 or more; counted per family. */
  readonly number: bigint;
}

/** Why a text is not a release name. */
type NameDefect = 'form' | 'calendar' | 'number' | 'length';

/** The same in words, for the end of a sentence. */
export const nameDefects: Readonly<Record<NameDefect, string>> = {
  form: 'day and number, and nothing else, follow the family',
  calendar: 'its eight digits are no day of the calendar',
  number: 'its number is 0 or begins with 0',
  length: 'it has more than 100 characters',
};

// A family is `ML-` and words; every quantifier is bounded by the length check before it.
const form = /^(ML-[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z][A-Za-z0-9]*)*)-(\d{8})-(\d{1,15})$/;
const maximumLength = 100;

/**
 * Reads a release name.
 * @returns the name, or why it is none: `form` (not `<family>-YYYYMMDD-N`), `calendar` (no such day),
 * `number` (0 or a leading zero), `length` (over 100 characters)
 */
export function parseReleaseName(text: string): ReleaseName | NameDefect {
  if (text.length > maximumLength) return 'length';
  const match = form.exec(text);
  if (match === null) return 'form';
  const [, family = '', date = '', digits = ''] = match;
  if (!isCalendarDay(date)) return 'calendar';
  if (digits.startsWith('0')) return 'number';
  return { name: text, family, date, number: BigInt(digits) };
}

/** Whether `YYYYMMDD` is a day of the Gregorian calendar from 2000 on. */
export function isCalendarDay(date: string): boolean {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(4, 6));
  const day = Number(date.slice(6, 8));
  if (!/^\d{8}$/.test(date) || year < 2000 || month < 1 || month > 12) return false;
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The UTC day of a moment as `YYYYMMDD`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10).replaceAll('-', '');
}

/** The names of a family among many, from the lowest number to the highest; irregular names are passed over. */
export function namesOfFamily(family: string, names: Iterable<string>): ReleaseName[] {
  const found: ReleaseName[] = [];
  for (const text of names) {
    const name = parseReleaseName(text);
    if (typeof name === 'object' && name.family === family) found.push(name);
  }
  return found.sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0));
}

/** The next name of a family: one more than its highest number, never a hole filled; 1 for the first. */
export function nextName(family: string, date: string, names: Iterable<string>): string {
  const last = namesOfFamily(family, names).at(-1);
  return `${family}-${date}-${(last?.number ?? 0n) + 1n}`;
}
