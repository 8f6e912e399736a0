import { expect, it, onTestFinished } from 'vitest';
import type { DesiredObject } from '../../../src/domain/resource.ts';
import { objectBody, objectDigest } from '../../../src/formats/object-body.ts';
import { resourceTypeContract } from '../../contracts/resource-type.ts';
import type { Json, JsonObject } from '../../elastic-server/json.ts';
import { type ElasticServer, startElastic } from '../../elastic-server/server.ts';
import { newIndex, stackView } from '../../elastic-server/stack.ts';
import { person, typeOn } from './stack-world.ts';

const policy = (more: JsonObject = {}): JsonObject => ({
  match: { indices: 'users-*', match_field: 'mail', enrich_fields: ['name'], ...more },
});

function wanted(of: JsonObject): DesiredObject {
  const body = objectBody('elastic-enrich-policy', of) ?? null;
  const digest = objectDigest('elastic-enrich-policy', body);
  return { type: 'enrich-policy', id: 'ours', body, digest, dependsOn: [], file: 'ours_policy.json' };
}

async function world(version = '8.17.2'): Promise<ElasticServer> {
  const server = await startElastic({ version });
  server.stack.indices.set('users-1', newIndex({}, {}));
  await person(server, 'PUT', '/_enrich/policy/theirs', policy());
  return server;
}

const samples: Readonly<Record<string, JsonObject>> = {
  'an enrich policy': policy({ enrich_fields: ['name', 'team'] }),
  'an enrich policy that gets a query': policy({ query: { term: { active: true } } }),
  'an enrich policy of another sort': { range: { indices: ['users-*'], match_field: 'mail', enrich_fields: ['name'] } },
};

for (const version of ['8.17.2', '7.10.2']) {
  for (const [name, second] of Object.entries(samples)) {
    resourceTypeContract(`${name} on ${version}`, async () => {
      const server = await world(version);
      return {
        type: await typeOn(server, 'enrich-policy'),
        desired: (which) => wanted(which === 'first' ? policy() : second),
        // A policy cannot be changed: somebody puts another one in its place.
        changeByHand: async () => {
          await person(server, 'DELETE', '/_enrich/policy/ours');
          await person(server, 'PUT', '/_enrich/policy/ours', policy({ match_field: 'login' }));
        },
        everything: async () => Object.entries(stackView(server.stack)).map((row) => JSON.stringify(row)),
        close: async () => {
          expect(server.problems).toEqual([]);
          await server.close();
        },
      };
    });
  }
}

it('is executed when it is put there, names who uses it, and stays while somebody does', async () => {
  const server = await world();
  onTestFinished(() => server.close());
  const type = await typeOn(server, 'enrich-policy');
  await type.create(wanted(policy()));
  expect(server.stack.enrichPolicies.get('ours')?.executed).toBe(true);
  const pipeline: Json = { processors: [{ enrich: { policy_name: 'ours', field: 'mail', target_field: 'user' } }] };
  await person(server, 'PUT', '/_ingest/pipeline/p', pipeline);
  expect(await type.usedBy?.('ours')).toEqual(['pipeline/p']);
  await expect(type.remove({ type: 'enrich-policy', id: 'ours' })).rejects.toThrow('a pipeline is referencing it [p]');
  expect(server.stack.enrichPolicies.has('ours')).toBe(true);
});

it('says at which file what the server says, and tells one that was put there meanwhile', async () => {
  const server = await world();
  onTestFinished(() => server.close());
  const type = await typeOn(server, 'enrich-policy');
  await expect(type.create(wanted(policy({ indices: ['nowhere'] })))).rejects.toMatchObject({
    code: 'target-refused',
    message: expect.stringMatching(/^ours_policy\.json: .*no such index \[nowhere\]/),
  });
  await expect(type.create(wanted(policy()))).rejects.toMatchObject({ code: 'target-changed' });
});
