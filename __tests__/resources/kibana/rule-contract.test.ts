import type { DesiredObject } from '../../../src/domain/resource.ts';
import { objectDigest } from '../../../src/formats/object-body.ts';
import { targetAddress } from '../../../src/resources/http/address.ts';
import { connectKibana } from '../../../src/resources/kibana/kibana.ts';
import { rules } from '../../../src/resources/kibana/rule.ts';
import { resourceTypeContract } from '../../contracts/resource-type.ts';
import { superuser } from '../../elastic-server/access.ts';
import type { JsonObject } from '../../elastic-server/json.ts';
import { call, importFile } from '../../kibana-server/call.ts';
import { startKibana } from '../../kibana-server/server.ts';
import { kibanaView, newKibanaState } from '../../kibana-server/state.ts';

const query: JsonObject = {
  name: 'One',
  description: 'd',
  type: 'query',
  query: 'a:1',
  language: 'kuery',
  risk_score: 21,
  severity: 'low',
  enabled: false,
};
const learning: JsonObject = {
  name: 'Two',
  description: 'd',
  type: 'machine_learning',
  anomaly_threshold: 70,
  machine_learning_job_id: 'a-job',
  risk_score: 21,
  severity: 'low',
  enabled: false,
};

/** Pairs of rules: another query; another type, for which one goes and the other comes. */
const pairs: readonly (readonly [string, JsonObject, JsonObject])[] = [
  ['a rule', query, { ...query, query: 'a:2', note: 'why', interval: '10m' }],
  ['a rule of another type', query, learning],
  ['a rule of machine learning', learning, { ...learning, machine_learning_job_id: ['a-job', 'b-job'], to: 'now-1m' }],
];

for (const version of ['8.17.2', '7.17.29']) {
  for (const space of ['default', 'soc']) {
    for (const [title, first, second] of pairs) {
      resourceTypeContract(`${title} in ${space} on ${version}`, async () => {
        const server = await startKibana({ version, state: newKibanaState('soc') });
        const below = space === 'default' ? '' : `/s/${space}`;
        await importFile(server, [{ ...query, rule_id: 'theirs' }], { space: below });
        await importFile(server, [{ ...query, rule_id: 'ours' }], { space: space === 'soc' ? '' : '/s/soc' });
        const address = targetAddress('kibana', {
          url: server.url,
          username: superuser.name,
          password: superuser.password ?? '',
        });
        const id = space === 'default' ? 'ours' : 'soc/ours';
        const desired = (body: JsonObject): DesiredObject => {
          return { type: 'rule', id, body, digest: objectDigest('elastic-rule', body), dependsOn: [], file: 'r.toml' };
        };
        return {
          type: rules(() => connectKibana(address, 'default')),
          desired: (which) => desired(which === 'first' ? first : second),
          changeByHand: async () => {
            await call(server, 'PATCH', `${below}/api/detection_engine/rules`, { rule_id: 'ours', name: 'by hand' });
          },
          everything: async () => Object.entries(kibanaView(server.state)).map((row) => JSON.stringify(row)),
          close: () => server.close(),
        };
      });
    }
  }
}
