/** Whether a file is one of golden predictions, by its name. */
export function isGolden(path: string): boolean {
  return path.endsWith('_golden.jsonl');
}
