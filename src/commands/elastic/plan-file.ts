import { resolve } from 'node:path';
import { type CommandName, isCommandName } from '../../command-table.ts';
import { requireInside } from '../../confinement.ts';
import type { ApprovedPlan } from '../../deploy/approved-plan.ts';
import type { DeployPlan } from '../../domain/deployment.ts';
import type { Span } from '../../domain/diagnostic.ts';
import { isArray, isObject, member, step, type Value } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { openFileSource } from '../../formats/file-source.ts';
import { readJson } from '../../formats/json/read.ts';
import { type Inputs, isInputName, reads } from '../../inputs.ts';
import schema from '../../schemas/deployment-plan.json' with { type: 'json' };
import { validateDeploymentPlan } from '../../schemas/generated/deployment-plan.js';
import type { Session } from '../../session.ts';
import { writeWhole } from '../../stores/durable.ts';
import { kibanaAddress } from './address.ts';
import { isOfKibana } from './target-types.ts';

/** Inputs that decide what is done. Where it is done, as whom, and by which release store is for whoever applies it. */
const deciding: readonly string[] = Object.keys(schema.properties.asked.properties);

/** Far above the plan of the largest release, far below what would fill the memory. */
const mostBytes = 32 * 2 ** 20;

/** A plan, with the command and the flags that it was made by. */
interface PlanFile {
  readonly approved: ApprovedPlan;
  readonly asked: Inputs;
}

/** The inputs of whoever applies a plan, as far as its command reads them: what is to be done is none of them. */
export function ownInputs(inputs: Inputs, command: CommandName): Inputs {
  const own = Object.entries(inputs).filter(([name]) => {
    return !deciding.includes(name) && isInputName(name) && reads(command, name);
  });
  return { ...Object.fromEntries(own), command };
}

/** The Kibana of a session that a plan is about; undefined where it is about none. */
export function kibanaOf(session: Session, { plan }: ApprovedPlan): string | undefined {
  const { operations } = plan;
  const types = isArray(operations) ? operations.map((each) => member(member(each, 'object'), 'type')) : [];
  const there = types.some((type) => typeof type === 'string' && isOfKibana({ type }));
  return there ? kibanaAddress(session)?.shown : undefined;
}

/** Writes a plan where `--plan-out` says: plain data without secrets. @throws Failure `disk-full`, `write-failed` */
export async function writeDeployPlan(session: Session, plan: DeployPlan): Promise<void> {
  const { inputs, host } = session;
  const file = inputs['plan-out'];
  if (file === undefined) return;
  const there = plan.operations.some((each) => each.do !== 'prove' && isOfKibana(each.object));
  const kibana = there ? kibanaAddress(session)?.shown : undefined;
  const asked = Object.fromEntries(Object.entries(inputs).filter(([name]) => deciding.includes(name)));
  await writeWhole(resolve(host.cwd, file), `${JSON.stringify({ ...plan, kibana, asked }, undefined, 2)}\n`);
}

/**
 * Reads a plan that `--plan-out` wrote, or that somebody made up.
 * @throws Failure `plan-invalid` with file, line and column; `path-not-found`, `path-refused`, `file-unreadable`
 */
export async function readDeployPlan({ host, limits }: Session, file: string): Promise<PlanFile> {
  requireInside(host, file);
  const { document, findings } = await readJson(contentOf(resolve(host.cwd, file), file), file, {
    depth: limits.jsonDepth,
  });
  const [broken] = findings;
  if (document === undefined || broken !== undefined) {
    throw invalid(file, broken?.at?.span, broken?.message ?? 'It cannot be read.');
  }
  const violations = validateDeploymentPlan(document.value);
  // `if` says only that one of its branches does not hold, and that is said too.
  const violation = violations.find(({ keyword }) => keyword !== 'if');
  if (violation !== undefined) {
    const key = violation.params['additionalProperty'];
    const pointer = typeof key === 'string' ? step(violation.instancePath, key) : violation.instancePath;
    const message =
      typeof key === 'string'
        ? `The key \`${safe(key)}\` is not known here.`
        : `The value ${violation.message ?? 'is wrong'}.`;
    throw invalid(file, await document.locate(pointer, typeof key === 'string' ? 'key' : undefined), message);
  }
  return interpret(file, document.value);
}

function interpret(file: string, value: Value): PlanFile {
  const { asked, kibana, ...plan } = isObject(value) ? value : {};
  const [target, after] = [plan['target'], plan['after']];
  const command = commandIn(asked);
  if (typeof target !== 'string' || typeof after !== 'number' || command === undefined) {
    throw invalid(file, undefined, 'It is no plan of a deployment.');
  }
  return {
    approved: { file, target, ...(typeof kibana === 'string' ? { kibana } : {}), after, plan },
    asked: { ...Object.fromEntries(Object.entries(isObject(asked) ? asked : {}).flatMap(given)), command },
  };
}

function commandIn(asked: Value | undefined): CommandName | undefined {
  const command = member(asked, 'command');
  return typeof command === 'string' && isCommandName(command) ? command : undefined;
}

function given([name, value]: [string, Value]): [string, string | boolean | readonly string[]][] {
  if (typeof value === 'string' || typeof value === 'boolean') return [[name, value]];
  return Array.isArray(value) ? [[name, value.filter((each) => typeof each === 'string')]] : [];
}

function contentOf(path: string, file: string): Buffer {
  const source = openFileSource(path);
  try {
    if (source.size > mostBytes)
      throw invalid(file, undefined, `It has ${source.size} bytes, and no plan is so large.`);
    return source.read(0, source.size);
  } finally {
    source.close();
  }
}

function invalid(file: string, span: Span | undefined, message: string): Failure {
  const name = safe(file, 1000);
  return new Failure(
    'plan-invalid',
    `${span === undefined ? name : `${name}:${span.line}:${span.column}`}: ${message}`,
  );
}
