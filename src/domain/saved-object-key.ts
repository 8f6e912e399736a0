/** Where a saved object of Kibana stands. */
export interface SavedObjectPlace {
  readonly space: string;
  readonly type: string;
  readonly id: string;
}

/** The id under which the journal knows a saved object: `space/type/id`. */
export function savedObjectKey({ space, type, id }: SavedObjectPlace): string {
  return `${space}/${type}/${id}`;
}

/** Where the saved object of a key stands; undefined for a text that is no such key. */
export function savedObjectPlace(key: string): SavedObjectPlace | undefined {
  const [, space, type, id] = /^([^/]+)\/([^/]+)\/(.+)$/s.exec(key) ?? [];
  return space === undefined || type === undefined || id === undefined ? undefined : { space, type, id };
}
