import { standingOfLine } from '../../deploy/ownership.ts';
import type { PlannedDeployment } from '../../deploy/planner.ts';
import type { TargetState } from '../../deploy/request.ts';
import type { DeployOperation } from '../../domain/deployment.ts';
import type { DeploymentReport, PlannedChange } from '../../domain/deployment-report.ts';
import { isObject, member, type Value } from '../../domain/document.ts';
import { type DesiredObject, keyText } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { humanSize } from '../../reporters/measure.ts';
import { jsonBody } from '../../resources/http/json-body.ts';
import type { ResourceTypes } from '../../resources/resource.ts';
import { outerOf, type SimulationProof } from './proof.ts';

/** Lines of a difference that a person reads before the rest is only counted. */
const most = 8;

/** What a plan is described with. */
export interface Described {
  readonly desired: readonly DesiredObject[];
  readonly state: TargetState;
  readonly types: ResourceTypes;
  readonly server: string;
  readonly proof?: SimulationProof | undefined;
}

/** A plan as people and machines are told of it. Requests and state are what is known before anything is done. */
export function describedPlan(
  { plan, attention }: PlannedDeployment,
  { desired, state, types, server, proof }: Described,
  requests: number,
): DeploymentReport {
  const { action, target, release, digest, prefix, standing } = plan;
  const before = standingOfLine(state.deployments, plan)?.release;
  const outer = outerOf(desired);
  const changes = plan.operations.flatMap((operation): PlannedChange[] => {
    if (operation.do === 'prove') return [];
    const wanted = desired.find((object) => keyText(object) === keyText(operation.object));
    const remark = remarkOf(operation, wanted, wanted !== undefined && wanted === outer, proof);
    const old = state.actual.get(keyText(operation.object));
    const changed = operation.do === 'update' && wanted !== undefined && old !== undefined;
    const names = changed ? types.get(wanted.type)?.differing?.(wanted, old) : undefined;
    return [
      {
        do: operation.do,
        object: operation.object,
        ...(wanted === undefined ? {} : { file: wanted.file }),
        ...(remark === '' ? {} : { remark }),
        ...(changed ? { difference: differenceOf(membersOf(old.body, names), membersOf(wanted.body, names)) } : {}),
      },
    ];
  });
  return {
    action,
    target,
    server,
    ...(before === undefined ? {} : { before }),
    ...(release === undefined ? {} : { release }),
    ...(digest === undefined ? {} : { digest }),
    prefix,
    state: standing === true ? 'unchanged' : 'planned',
    changes,
    attention: attention.map(({ object, what, text }) => ({ object, what, text })),
    requests,
  };
}

function remarkOf(
  operation: Exclude<DeployOperation, { do: 'prove' }>,
  wanted: DesiredObject | undefined,
  isOuter: boolean,
  proof: SimulationProof | undefined,
): string {
  if (operation.do === 'remove') return wanted === undefined ? '' : 'after the switch';
  if (operation.do === 'keep' || wanted === undefined) return '';
  if (wanted.type === 'rule') return ruleRemark(operation, wanted.body);
  if (isOuter) return 'the switch';
  if (wanted.type === 'script' && wanted.context === '') return 'compiled when it is first called';
  if (wanted.type === 'script') return `compiled in context ${wanted.context ?? 'ingest'}`;
  if (wanted.type === 'model') return humanSize(jsonBody(wanted.body).bytes);
  if (wanted.type === 'attachment') return 'a processor that calls the pipeline';
  if (wanted.type === 'mapping') return safe(String(member(member(wanted.body, 'field'), 'type')));
  return proof === undefined ? '' : `${proof.count} documents through _simulate`;
}

/** Its name, and whether one that is new runs: those that stand there do as people have them. */
function ruleRemark({ do: what }: DeployOperation, body: Value): string {
  const state = what !== 'create' ? '' : member(body, 'enabled') === true ? ', on' : ', off';
  return `${safe(String(member(body, 'name') ?? ''))}${state}`;
}

/** The part of a body that is compared. @param names of members; undefined for all but what says whose it is */
function membersOf(body: Value, names: readonly string[] | undefined): Value {
  if (!isObject(body)) return body;
  const counts = (name: string): boolean => (names === undefined ? name !== '_meta' : names.includes(name));
  return Object.fromEntries(Object.entries(body).filter(([name]) => counts(name)));
}

/** The lines of two JSON texts that the other has not: those that go, then those that come. */
function differenceOf(before: Value, after: Value): string[] {
  const [old, now] = [before, after].map((value) => JSON.stringify(value, undefined, 1).split('\n'));
  const without = (lines: readonly string[], others: readonly string[], sign: string): string[] => {
    const left = new Set(others.map(bare));
    return lines.filter((line) => !left.has(bare(line))).map((line) => `${sign} ${bare(line)}`);
  };
  const lines = [...without(old ?? [], now ?? [], '-'), ...without(now ?? [], old ?? [], '+')];
  return lines.length > most ? [...lines.slice(0, most), `… ${lines.length - most} more lines differ`] : lines;
}

function bare(line: string): string {
  return line.trim().replace(/,$/, '');
}
