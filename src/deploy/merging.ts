import { member, type Value } from '../domain/document.ts';
import { type DesiredObject, keyText } from '../domain/resource.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import type { MergedObject, ResourceTypes } from '../resources/resource.ts';
import { standingOfLine } from './ownership.ts';
import { listed } from './refusal.ts';
import type { Attention, DeployRequest, TargetState } from './request.ts';
import { typeOf } from './target-state.ts';

/** `file:line:column` of a member of an object in the file that it comes from; the file alone where it cannot be told. */
export type MemberPlace = (desired: DesiredObject, name: string) => Promise<string>;

/** A request after people's changes were brought into it. */
interface MergedRequest {
  readonly request: DeployRequest;
  readonly attention: readonly Attention[];
}

/**
 * Brings what people tuned on the target into what a request wants: what the release did not change since the line's
 * last one stays as they have it. Where both changed the same, nothing is planned without `overwrite`; with it the
 * release decides. What the journal does not know as the line's is not merged against it: the planner refuses it.
 * @throws Failure `rule-conflict`
 */
export async function mergeRequest(
  request: DeployRequest,
  state: TargetState,
  types: ResourceTypes,
  placeOf: MemberPlace,
): Promise<MergedRequest> {
  const held = standingOfLine(state.deployments, request)?.objects ?? [];
  const [desired, attention, clashes]: [DesiredObject[], Attention[], string[]] = [[], [], []];
  for (const object of request.desired) {
    const actual = state.actual.get(keyText(object));
    const known = held.find((each) => keyText(each.object) === keyText(object));
    const merged = actual && typeOf(types, object).merge?.(object, actual, known?.wants, known?.digest);
    const { overwrite = false } = request;
    if (merged === undefined || (known === undefined && merged.conflicts.length > 0 && !overwrite)) {
      desired.push(object);
      continue;
    }
    desired.push(merged.desired);
    attention.push(...attentionTo(object, merged));
    if (overwrite || known === undefined) continue;
    for (const name of merged.conflicts) {
      clashes.push(clashOf(await placeOf(object, name), name, object, member(actual?.body, name), known.wants));
    }
  }
  if (clashes.length > 0) throw new Failure('rule-conflict', clashes.join(' '));
  return { request: { ...request, desired }, attention };
}

function attentionTo({ type, id }: DesiredObject, { kept, ignored, conflicts }: MergedObject): Attention[] {
  const object = { type, id };
  const said = [
    ...(kept.length === 0 ? [] : [`keeps ${listed(kept)} as people have it on the target`]),
    ...(ignored.length === 0 ? [] : [`the release changes ${listed(ignored)}, which stays as people have it`]),
  ];
  const tuned: Attention[] = said.map((text) => ({ object, what: 'tuned', text }));
  if (conflicts.length === 0) return tuned;
  const text = `${listed(conflicts)} as the release has it, although people changed it too; saved`;
  return [...tuned, { object, what: 'overwritten', text }];
}

function clashOf(
  place: string,
  name: string,
  { id, body }: DesiredObject,
  standing: Value | undefined,
  base: Value | undefined,
): string {
  const [before, now, there] = [member(base, name), member(body, name), standing].map(shown);
  return `${place}: \`${safe(name)}\` of rule \`${safe(id)}\` was ${before}; the release makes it ${now}, people made it ${there}.`;
}

function shown(value: Value | undefined): string {
  return value === undefined ? 'absent' : `\`${safe(JSON.stringify(value), 200)}\``;
}
