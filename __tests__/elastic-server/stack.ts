import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from './json.ts';

/** A trained model: what was put, beside what the server adds. */
export interface ModelState {
  readonly body: JsonObject;
  readonly createdAt: number;
}

/** States of an anomaly detection job. */
type JobStatus = 'closed' | 'opened' | 'failed';

/** An anomaly detection job with its defaults. */
export interface JobState {
  readonly config: JsonObject;
  readonly createdAt: number;
  readonly status: JobStatus;
  /** Why it is where it is, as `assignment_explanation` says it. */
  readonly explanation?: string;
  /** What its datafeed brought it; the latest moment of that in milliseconds. */
  readonly records?: number;
  readonly latest?: number;
  readonly memory?: 'ok' | 'soft_limit' | 'hard_limit';
}

/** A datafeed with its defaults. */
export interface DatafeedState {
  readonly config: JsonObject;
  readonly status: 'stopped' | 'started';
  readonly explanation?: string;
  readonly searches?: number;
}

/** A data-frame analytics job with its defaults. */
export interface AnalyticsState {
  readonly config: JsonObject;
  readonly createdAt: number;
  readonly status: 'stopped' | 'started' | 'failed';
  /** How far it came, in percent. */
  readonly progress?: number;
}

/** A transform with what the server adds. */
export interface TransformState {
  readonly config: JsonObject;
  readonly createdAt: number;
  readonly version: string;
  readonly status: 'stopped' | 'started' | 'stopping' | 'failed';
  /** How often it went through its source. */
  readonly checkpoint?: number;
}

/** An enrich policy, and whether its index was made. */
interface EnrichState {
  readonly config: JsonObject;
  readonly executed: boolean;
}

/** A document; its number and term are what `if_seq_no` and `if_primary_term` ask for. */
export interface DocumentState {
  readonly source: JsonObject;
  readonly seqNo: number;
  readonly version: number;
}

/** An index. Searches see what it held at the last refresh. */
export interface IndexState {
  readonly uuid: string;
  /** Under `index`, values as texts. */
  settings: JsonObject;
  mappings: JsonObject;
  readonly documents: Map<string, DocumentState>;
  visible: ReadonlyMap<string, DocumentState>;
  /** Versions go on counting after a deletion. */
  readonly deleted: Map<string, number>;
  nextSeqNo: number;
}

/** What a pipeline or a model did, as the statistics show it. */
export interface Counts {
  count: number;
  failed: number;
  missing: number;
}

/** Everything that a server holds. Values are never changed in place, only replaced: a copy of the maps is a copy. */
export interface Stack {
  readonly models: Map<string, ModelState>;
  readonly scripts: Map<string, JsonObject>;
  readonly pipelines: Map<string, JsonObject>;
  readonly componentTemplates: Map<string, JsonObject>;
  readonly indexTemplates: Map<string, JsonObject>;
  readonly legacyTemplates: Map<string, JsonObject>;
  readonly jobs: Map<string, JobState>;
  readonly datafeeds: Map<string, DatafeedState>;
  readonly analytics: Map<string, AnalyticsState>;
  readonly transforms: Map<string, TransformState>;
  readonly enrichPolicies: Map<string, EnrichState>;
  readonly indices: Map<string, IndexState>;
  readonly pipelineCounts: Map<string, Counts>;
  /** Of the processors of a pipeline, in its order, without those for failures. */
  readonly processorCounts: Map<string, Map<string, Counts>>;
  readonly modelCounts: Map<string, Counts>;
  /** Undefined: none is there, which the server answers while its master changes. */
  license: { readonly type: string; readonly status: string } | undefined;
  machineLearning: { readonly available: boolean; readonly enabled: boolean };
  mlNodes: number;
  /** Whether machine learning stands still for an upgrade. */
  upgradeMode: boolean;
  health: 'green' | 'yellow' | 'red';
}

/** An empty stack with a good licence and one node. */
export function newStack(): Stack {
  return {
    models: new Map(),
    scripts: new Map(),
    pipelines: new Map(),
    componentTemplates: new Map(),
    indexTemplates: new Map(),
    legacyTemplates: new Map(),
    jobs: new Map(),
    datafeeds: new Map(),
    analytics: new Map(),
    transforms: new Map(),
    enrichPolicies: new Map(),
    indices: new Map(),
    pipelineCounts: new Map(),
    processorCounts: new Map(),
    modelCounts: new Map(),
    license: { type: 'platinum', status: 'active' },
    machineLearning: { available: true, enabled: true },
    mlNodes: 1,
    upgradeMode: false,
    health: 'green',
  };
}

/** An empty index. */
export function newIndex(settings: JsonObject, mappings: JsonObject): IndexState {
  return {
    uuid: randomUUID().replaceAll('-', '').slice(0, 22),
    settings,
    mappings,
    documents: new Map(),
    visible: new Map(),
    deleted: new Map(),
    nextSeqNo: 0,
  };
}

/** What stands on a stack, by space and id, without times and counters: what a test compares. */
export type StackView = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** The view of a stack at this moment. Cheap: it shares the values. */
export function stackView(stack: Stack): StackView {
  const rows = <State>(map: ReadonlyMap<string, State>, show: (state: State) => Json): Record<string, Json> =>
    Object.fromEntries([...map].map(([id, state]) => [id, show(state)]));
  return {
    model: rows(stack.models, ({ body }) => body),
    script: rows(stack.scripts, (script) => script),
    pipeline: rows(stack.pipelines, (pipeline) => pipeline),
    'component-template': rows(stack.componentTemplates, (template) => template),
    'index-template': rows(stack.indexTemplates, (template) => template),
    job: rows(stack.jobs, ({ config, status }) => ({ ...config, state: status })),
    datafeed: rows(stack.datafeeds, ({ config, status }) => ({ ...config, state: status })),
    'data-frame-analytics': rows(stack.analytics, ({ config, status }) => ({ ...config, state: status })),
    transform: rows(stack.transforms, ({ config, status }) => ({ ...config, state: status })),
    'enrich-policy': rows(stack.enrichPolicies, ({ config, executed }) => ({ ...config, executed })),
    'index-settings': rows(stack.indices, ({ settings }) => settings),
    document: Object.fromEntries(
      [...stack.indices].flatMap(([name, { documents }]) =>
        [...documents].map(([id, { source }]) => [`${name}/${id}`, source]),
      ),
    ),
  };
}
