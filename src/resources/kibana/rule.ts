import { isObject, member, type ObjectValue, type Value } from '../../domain/document.ts';
import type { ActualObject, DesiredObject, ObjectKey } from '../../domain/resource.ts';
import { rulePlace } from '../../domain/rule-key.ts';
import { safe } from '../../domain/safe.ts';
import { objectDigest } from '../../formats/object-body.ts';
import { eachHealth } from '../elasticsearch/health.ts';
import { atFile } from '../elasticsearch/refused.ts';
import type { TargetClient } from '../http/client.ts';
import type { ResourceType } from '../resource.ts';
import type { Kibana } from './kibana.ts';
import { ruleHealth } from './rule-health.ts';
import { importRule } from './rule-import.ts';
import { mergeRule } from './rule-merge.ts';
import { differences, peoples, ruleDigest, writable } from './rule-shape.ts';

const path = ['api', 'detection_engine', 'rules'];

/**
 * Detection rules, under a stable `rule_id`. Whether one runs, what it does and what it leaves out are people's: a rule
 * that stands there keeps them, and of the rest what people tuned, as `merge` says.
 * @param open connects to Kibana when the first rule is looked at
 */
export function rules(open: () => Promise<Kibana>): ResourceType {
  const clientOf = async (space: string): Promise<TargetClient> => (await open()).at(space);

  /** A rule as Kibana answers it, with what only it writes. */
  async function whole(id: string): Promise<ObjectValue | undefined> {
    const { space, ruleId } = rulePlace(id);
    const { status, value } = await (await clientOf(space)).send(
      { method: 'GET', path, query: { rule_id: ruleId } },
      [404],
    );
    return status !== 404 && isObject(value) && member(value, 'rule_id') === ruleId ? value : undefined;
  }

  async function read(id: string): Promise<ObjectValue | undefined> {
    const rule = await whole(id);
    return rule === undefined ? undefined : writable(rule);
  }

  async function write(id: string, rule: ObjectValue, options: Parameters<typeof importRule>[2]): Promise<void> {
    const { space, ruleId } = rulePlace(id);
    const { immutable: _, ...own } = rule;
    const sent: ObjectValue = { ...own, rule_id: ruleId };
    await importRule(await clientOf(space), sent, options);
    await correct(id, sent['enabled'] === true);
  }

  /** Some servers switch rules on or off by an import, whatever it says (elastic.md §8). */
  async function correct(id: string, enabled: boolean): Promise<void> {
    const { space, ruleId } = rulePlace(id);
    const standing = await read(id);
    if (standing === undefined || (member(standing, 'enabled') === true) === enabled) return;
    const body = JSON.stringify({ rule_id: ruleId, enabled });
    await (await clientOf(space)).send({ method: 'PATCH', path, body });
  }

  async function remove({ id }: Pick<ObjectKey, 'id'>): Promise<void> {
    const { space, ruleId } = rulePlace(id);
    await (await clientOf(space)).send({ method: 'DELETE', path, query: { rule_id: ruleId } }, [404]);
  }

  const over = ({ id, body }: DesiredObject, standing: Value): Promise<void> =>
    write(id, { ...objectOf(body), ...peoplesOf(standing) }, { overwrite: true });

  return {
    type: 'rule',
    tunable: true,
    exclusive: true,
    async read(id) {
      const body = await read(id);
      return body === undefined ? undefined : { body, digest: ruleDigest(body) };
    },
    equal: (desired, actual) => differences(desired.body, actual.body).length === 0,
    differing: (desired, actual) => differences(desired.body, actual.body),
    merge(desired, actual, base) {
      const { body, ...fates } = mergeRule(objectOf(desired.body), actual.body, base);
      return { desired: { ...desired, body, digest: objectDigest('elastic-rule', body) }, ...fates };
    },
    change: ({ body }, actual) => changeOf(body, actual),
    create: (desired) => atFile(desired, () => write(desired.id, objectOf(desired.body), { overwrite: false })),
    update: (desired, before) => atFile(desired, () => over(desired, before.body)),
    async replace(desired) {
      const standing = await read(desired.id);
      await remove(desired);
      await atFile(desired, () => over(desired, standing ?? {}));
    },
    remove,
    health: (ids) =>
      eachHealth(ids, async (id) => {
        const rule = await whole(id);
        return rule === undefined ? undefined : ruleHealth(rule);
      }),
    async restore({ id }, before) {
      const standing = await read(id);
      const body = { ...objectOf(before), ...(standing === undefined ? {} : peoplesOf(standing)) };
      // A type stays with a rule for its life.
      if (standing !== undefined && member(standing, 'type') !== body['type']) await remove({ id });
      // What a rule left out goes with it in some versions: the rule comes back all the same.
      await write(id, body, { overwrite: true, listsMayBeGone: true });
    },
  };
}

function changeOf(body: Value, actual: ActualObject): ReturnType<ResourceType['change']> {
  if (member(actual.body, 'immutable') === true) {
    const name = String(member(actual.body, 'name'));
    return {
      refuse: `\`${safe(name)}\` is one of the rules that come with Kibana; give the rule a \`rule_id\` of its own`,
    };
  }
  return member(body, 'type') === member(actual.body, 'type') ? 'update' : 'replace';
}

function objectOf(value: Value): ObjectValue {
  return isObject(value) ? value : {};
}

function peoplesOf(rule: Value): ObjectValue {
  return Object.fromEntries(Object.entries(objectOf(rule)).filter(([key]) => peoples.includes(key)));
}
