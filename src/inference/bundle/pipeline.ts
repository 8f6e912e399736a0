import type { Bundle, Entry } from '../../domain/bundle.ts';
import { isArray, isObject, member, type ObjectValue, step, type Value } from '../../domain/document.ts';
import { knownScripts } from '../../domain/known-scripts.ts';
import { definitions } from '../../domain/reference.ts';
import type { Fields } from '../model.ts';
import { type NgramCall, ngramCall, ngramFields } from './dga-ngrams.ts';

/** What the pipeline of a bundle does around its model. */
export interface ModelPipeline {
  /** `inference_config` of the processor, over that of the model; and where it stands. */
  readonly config?: Value;
  readonly place?: { readonly file: string; readonly pointer: string };
  /** The fields that a value becomes; a reason where they cannot be computed here. */
  readonly fields: ((value: string) => Fields) | string;
  /** Whether what follows writes `malicious_probability` from the top classes. */
  readonly reduces: boolean;
}

const withoutPipeline = 'no pipeline of the bundle asks the model';

/** Finds the processor that asks a model, and follows what stands around it where its scripts are known by digest. */
export function pipelineOf(bundle: Bundle, modelId: string): ModelPipeline {
  const roles = bundle.kind?.roles.filter(({ format }) => format === 'elastic-pipeline').map(({ id }) => id) ?? [];
  for (const entry of bundle.entries.filter(({ role }) => role !== undefined && roles.includes(role))) {
    const list = member(entry.document?.value, 'processors');
    const processors = isArray(list) ? list : [];
    const at = processors.findIndex((processor) => member(member(processor, 'inference'), 'model_id') === modelId);
    if (at >= 0) return around(bundle, entry, processors, at);
  }
  return { fields: withoutPipeline, reduces: false };
}

function around(bundle: Bundle, entry: Entry, processors: readonly Value[], at: number): ModelPipeline {
  const body = member(processors[at] ?? null, 'inference');
  const config = member(body, 'inference_config');
  const pointer = step(step('/processors', at), 'inference');
  const behind = processors.slice(at + 1).map((each) => behaviourOf(bundle, each)?.behaves);
  return {
    ...(config === undefined ? {} : { config }),
    place: { file: entry.path, pointer: step(pointer, 'inference_config') },
    fields: before(bundle, entry, processors.slice(0, at), body),
    reduces: behind.includes('dga-ngrams-transform-delete'),
  };
}

function before(bundle: Bundle, entry: Entry, processors: readonly Value[], inference: Value | undefined) {
  const calls: NgramCall[] = [];
  for (const [index, processor] of processors.entries()) {
    const where = `\`${entry.path}\` /processors/${index}`;
    const script = member(processor, 'script');
    const call =
      behaviourOf(bundle, processor)?.behaves === 'dga-ngrams-create' ? ngramCall(member(script, 'params')) : undefined;
    if (call === undefined) return `what ${where} does is not known here`;
    if (member(script, 'if') !== undefined) return `${where} runs under a condition`;
    calls.push(call);
  }
  if (calls.length === 0) return 'the pipeline makes no fields of a domain';
  const renames = renamesOf(inference);
  return (value: string): Fields => renamed(ngramFields(value, calls), renames);
}

/** The known script that a processor runs, by the digest of the file that defines its id. */
function behaviourOf(bundle: Bundle, processor: Value) {
  const id = member(member(processor, 'script'), 'id');
  if (typeof id !== 'string') return undefined;
  const files = definitions(bundle.graph.references, 'script').flatMap((reference) =>
    reference.id === id ? [reference.at.file] : [],
  );
  const [script] = bundle.entries.find(({ path }) => path === files[0])?.scripts ?? [];
  // A digest stands for a source in Painless without compiler options, and for nothing else.
  const plain = script?.options === false && (script.lang ?? 'painless') === 'painless';
  const sha256 = (plain ? script.sha256 : undefined) ?? '';
  return files.length === 1 && Object.hasOwn(knownScripts, sha256) ? knownScripts[sha256] : undefined;
}

function renamesOf(inference: Value | undefined): ObjectValue {
  const map = member(inference, 'field_map') ?? member(inference, 'field_mappings');
  return isObject(map) ? map : {};
}

/** `field_map`: fields of the document under the names that the model knows them by. */
function renamed(fields: Fields, renames: ObjectValue): Fields {
  const entries = Object.entries(renames);
  if (entries.length === 0) return fields;
  const result: { [name: string]: Value | undefined } = { ...fields };
  for (const [from, to] of entries) {
    if (!Object.hasOwn(fields, from) || typeof to !== 'string') continue;
    delete result[from];
    result[to] = fields[from];
  }
  return result;
}
