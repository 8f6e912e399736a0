import type { Json, JsonObject } from '../elastic-server/json.ts';

/** A data view; `changes` counts how often it was written. */
export interface DataViewState {
  readonly title: string;
  readonly attributes: JsonObject;
  readonly changes: number;
}

/** What one space holds. Values are never changed in place. */
export interface SpaceState {
  /** By `rule_id`. */
  readonly rules: Map<string, JsonObject>;
  /** By `list_id`. */
  readonly exceptionLists: Map<string, JsonObject>;
  readonly connectors: Map<string, JsonObject>;
  readonly dataViews: Map<string, DataViewState>;
  /** By `type/id`. */
  readonly savedObjects: Map<string, JsonObject>;
}

/** Everything that a Kibana holds. */
export interface KibanaState {
  readonly spaces: Map<string, SpaceState>;
  /** Fields that indices of a pattern have now: those of a data view. */
  fieldsOf: (title: string) => readonly string[];
  /** What a migration makes of the attributes of a saved object that no Kibana of this version has seen. */
  migrate: (type: string, attributes: JsonObject) => JsonObject;
  /** Whether the licence has machine learning in it. */
  learns: boolean;
  status: 'available' | 'degraded' | 'unavailable';
}

/** A space with nothing in it. */
function newSpace(): SpaceState {
  return {
    rules: new Map(),
    exceptionLists: new Map(),
    connectors: new Map(),
    dataViews: new Map(),
    savedObjects: new Map(),
  };
}

/** A Kibana with the space `default` and others that are named. */
export function newKibanaState(...spaces: readonly string[]): KibanaState {
  return {
    spaces: new Map(['default', ...spaces].map((id) => [id, newSpace()])),
    fieldsOf: () => [],
    migrate: (_, attributes) => attributes,
    learns: true,
    status: 'available',
  };
}

const ofServer = ['id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'revision'];

/** What stands in each space, without times and what the server makes up: what a test compares. */
export function kibanaView(state: KibanaState): Record<string, Record<string, Json>> {
  const bare = (rule: JsonObject): Json =>
    Object.fromEntries(Object.entries(rule).filter(([key]) => !ofServer.includes(key)));
  return Object.fromEntries(
    [...state.spaces].map(([id, { rules, exceptionLists, connectors, dataViews, savedObjects }]) => [
      id,
      {
        rules: Object.fromEntries([...rules].map(([rule, body]) => [rule, bare(body)])),
        exceptionLists: Object.fromEntries(exceptionLists),
        connectors: Object.fromEntries(connectors),
        savedObjects: Object.fromEntries(
          [...savedObjects].map(([key, object]) => [
            key,
            { attributes: object['attributes'] ?? {}, references: object['references'] ?? [] },
          ]),
        ),
        dataViews: Object.fromEntries(
          [...dataViews].map(([view, { title, attributes }]) => [view, { title, ...attributes }]),
        ),
      },
    ]),
  );
}
