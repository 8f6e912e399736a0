import type { Deployment } from '../domain/deployment.ts';
import { isArray, isObject, member, type Value } from '../domain/document.ts';
import { resourceTypes } from '../domain/resource.ts';

const actions = ['deploy', 'undeploy', 'rollback'];
const states = ['running', 'done', 'undoing', 'undone'];
const stepStates = ['waiting', 'begun', 'done', 'undone'];

/**
 * Whether what a journal gave is a deployment. A journal lies where others can write, and says what may be taken away:
 * nothing in it is trusted to have its form.
 */
export function isDeployment(value: unknown): value is Deployment {
  const record = value as Value;
  const texts = ['target', 'family', 'prefix', 'run', 'tool'].every((key) => isText(member(record, key)));
  const moments = ['startedAt', 'writtenAt'].every((key) => isMoment(member(record, key)));
  const optional = ['release', 'digest', 'kibana', 'finishedAt'].every((key) =>
    isAbsentOr(isText, member(record, key)),
  );
  return (
    texts &&
    moments &&
    optional &&
    isCount(member(record, 'number')) &&
    isOneOf(actions, member(record, 'action')) &&
    isOneOf(states, member(record, 'state')) &&
    isProcess(member(record, 'process')) &&
    isEach(isStep, member(record, 'steps')) &&
    isEach(isHeld, member(record, 'objects'))
  );
}

function isProcess(value: Value | undefined): boolean {
  const marks = ['start', 'machine', 'boot', 'space'].every((key) => isAbsentOr(isText, member(value, key)));
  return marks && isText(member(value, 'host')) && isCount(member(value, 'pid'));
}

function isStep(value: Value): boolean {
  const { operation, state, after } = isObject(value) ? value : {};
  return isOperation(operation) && isOneOf(stepStates, state) && isAbsentOr(isText, after);
}

function isOperation(value: Value | undefined): boolean {
  const { do: what, object, digest, requires, proof, objects, foreign } = isObject(value) ? value : {};
  if (what === 'prove') return isText(proof) && isEach(isKey, objects);
  if (!isKey(object)) return false;
  if (what === 'keep') return isText(digest) && (foreign === undefined || foreign === true);
  if (what === 'create') return isText(digest) && member(requires, 'absent') === true;
  if (what === 'update' || what === 'replace') return isText(digest) && isText(member(requires, 'digest'));
  return what === 'remove' && isText(member(requires, 'digest'));
}

function isHeld(value: Value): boolean {
  const known = isKey(member(value, 'object')) && isText(member(value, 'digest'));
  return known && isAbsentOr(isText, member(value, 'release'));
}

function isKey(value: Value | undefined): boolean {
  const id = member(value, 'id');
  return isOneOf(resourceTypes, member(value, 'type')) && isText(id) && id !== '';
}

function isEach(test: (item: Value) => boolean, value: Value | undefined): boolean {
  return isArray(value) && value.every(test);
}

function isAbsentOr(test: (value: Value | undefined) => boolean, value: Value | undefined): boolean {
  return value === undefined || test(value);
}

function isOneOf(words: readonly string[], value: Value | undefined): boolean {
  return typeof value === 'string' && words.includes(value);
}

function isText(value: Value | undefined): boolean {
  return typeof value === 'string';
}

function isMoment(value: Value | undefined): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isCount(value: Value | undefined): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
