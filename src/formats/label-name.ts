/** Whether a file of a bundle is a labelled set, by its place: it is read, and never packed. */
export function isLabels(path: string): boolean {
  return path.startsWith('_dev/labels/') && path.endsWith('.csv');
}
