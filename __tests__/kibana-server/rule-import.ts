import type { Reply } from '../elastic-server/exchange.ts';
import { isObject, type Json, type JsonObject, listOr } from '../elastic-server/json.ts';
import { type KibanaExchange, kibanaError } from './exchange.ts';
import { knownFields, ruleProblems } from './rule-shape.ts';
import { storedRule, unlicensed } from './stored-rule.ts';

interface Line {
  /** Undefined where the line is no JSON object. */
  readonly value: JsonObject | undefined;
  readonly why: string;
}

interface ImportError {
  readonly rule_id?: string;
  readonly list_id?: string;
  readonly id?: string;
  readonly error: { readonly status_code: number; readonly message: string };
}

/** Rules, exception lists and connectors of an ndjson file; every rule that is not taken has its error. */
export async function importRules(exchange: KibanaExchange): Promise<Reply> {
  const { query, space } = exchange;
  const file = await fileOf(exchange);
  if (file === undefined) return kibanaError(400, '[request body.file]: expected value of type [Stream]');
  if (!file.name.endsWith('.ndjson'))
    return kibanaError(400, `Invalid file extension ${/\.[^.]*$/.exec(file.name)?.[0] ?? ''}`);
  const lines = linesOf(file.text).filter(({ value }) => value?.['exported_count'] === undefined);
  const lists = lines.filter(({ value }) => value?.['list_id'] !== undefined && value['rule_id'] === undefined);
  const connectors = lines.filter(({ value }) => value?.['attributes'] !== undefined && value['type'] === 'action');
  const rules = lines.filter((line) => !lists.includes(line) && !connectors.includes(line));
  const wants = (name: string): boolean => query.get(name) === 'true';
  const connectorErrors = kept(connectors, 'id', space.connectors, wants('overwrite_action_connectors'));
  const listErrors = kept(lists, 'list_id', space.exceptionLists, wants('overwrite_exceptions'));
  const errors = rules.flatMap((line) => importRule(line, rules, exchange, wants('overwrite')));
  const failed = new Set(
    errors.filter(({ error }) => !error.message.includes('Reference has been removed')).map((one) => one.rule_id),
  );
  const taken = rules.filter(({ value }) => value !== undefined && !failed.has(String(value['rule_id'])));
  const body = {
    success: errors.length === 0 && listErrors.length === 0 && connectorErrors.length === 0,
    success_count: taken.length,
    rules_count: rules.length,
    errors,
    exceptions_success: listErrors.length === 0,
    exceptions_success_count: lists.length - listErrors.length,
    exceptions_errors: listErrors,
    action_connectors_success: connectorErrors.length === 0,
    action_connectors_success_count: connectors.length - connectorErrors.length,
    action_connectors_errors: connectorErrors,
    action_connectors_warnings: [],
  };
  return { status: 200, body };
}

async function fileOf({ bytes, contentType }: KibanaExchange): Promise<{ name: string; text: string } | undefined> {
  if (!contentType.startsWith('multipart/form-data')) return undefined;
  try {
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
    const file = form.get('file');
    return file instanceof File ? { name: file.name, text: await file.text() } : undefined;
  } catch {
    return undefined;
  }
}

function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      try {
        const value = JSON.parse(line) as Json;
        return { value: isObject(value) ? value : undefined, why: 'not an object' };
      } catch (error) {
        return { value: undefined, why: error instanceof Error ? error.message : 'not JSON' };
      }
    });
}

/** Keeps lists or connectors by their ids; those that are there stay, unless they are to be written over. */
function kept(
  lines: readonly Line[],
  key: 'id' | 'list_id',
  into: Map<string, JsonObject>,
  overwrite: boolean,
): ImportError[] {
  return lines.flatMap(({ value }) => {
    const id = String(value?.[key]);
    if (value === undefined || (into.has(id) && !overwrite)) {
      const message = `${key}: "${id}" already exists`;
      return [{ [key]: id, error: { status_code: 409, message } }];
    }
    into.set(id, value);
    return [];
  });
}

function importRule(
  { value, why }: Line,
  all: readonly Line[],
  exchange: KibanaExchange,
  overwrite: boolean,
): ImportError[] {
  const { space, state } = exchange;
  const id = typeof value?.['rule_id'] === 'string' ? value['rule_id'] : '(unknown id)';
  const refuse = (status: number, message: string): ImportError[] => [
    { rule_id: id, error: { status_code: status, message } },
  ];
  if (value === undefined) return refuse(400, why);
  const problems = [
    ...(value['rule_id'] === undefined ? ['rule_id: Required'] : []),
    ...ruleProblems(value, exchange.version),
  ];
  if (problems.length > 0) return refuse(400, problems.slice(0, 3).join(', '));
  if (all.filter((other) => other.value?.['rule_id'] === id).length > 1)
    return refuse(400, `More than one rule with rule-id: "${id}" found`);
  const before = space.rules.get(id);
  if (before !== undefined && !overwrite) return refuse(409, `rule_id: "${id}" already exists`);
  if (value['type'] === 'machine_learning' && !state.learns) return refuse(403, unlicensed);
  const absent = listOr(value['actions'])
    .map((action) => String((action as JsonObject)['id']))
    .filter((connector) => !space.connectors.has(connector));
  if (absent.length > 0)
    return refuse(404, `${absent.length} connector(s) missing. Connector ids missing are: ${absent.join(', ')}`);
  const lists = listOr(value['exceptions_list']);
  const gone = lists.filter((list) => !space.exceptionLists.has(String((list as JsonObject)['list_id'])));
  const rule = { ...knownFields(value), exceptions_list: lists.filter((list) => !gone.includes(list)) };
  // As Kibana does it, what the file does not say is not kept: actions, exceptions and all.
  space.rules.set(id, storedRule(rule, before, exchange));
  return gone.flatMap((list) => {
    const name = String((list as JsonObject)['list_id']);
    return refuse(
      400,
      `Rule with rule_id: "${id}" references a non existent exception list of list_id: "${name}". Reference has been removed.`,
    );
  });
}
