import { expect, it, onTestFinished } from 'vitest';
import { desiredSavedObjects } from '../../../src/deploy/desired-saved-objects.ts';
import type { DesiredObject } from '../../../src/domain/resource.ts';
import { savedObjectDigest } from '../../../src/formats/saved-object-digest.ts';
import { targetAddress } from '../../../src/resources/http/address.ts';
import { connectKibana } from '../../../src/resources/kibana/kibana.ts';
import { savedObjects } from '../../../src/resources/kibana/saved-object.ts';
import type { ResourceType } from '../../../src/resources/resource.ts';
import { resourceTypeContract } from '../../contracts/resource-type.ts';
import { superuser } from '../../elastic-server/access.ts';
import type { JsonObject } from '../../elastic-server/json.ts';
import { type KibanaServer, startKibana } from '../../kibana-server/server.ts';
import { kibanaView, newKibanaState } from '../../kibana-server/state.ts';

const search = (more: JsonObject = {}): JsonObject => ({
  attributes: {
    title: 'Hosts',
    columns: ['host.name'],
    kibanaSavedObjectMeta: { searchSourceJSON: '{"filter":[],"query":{"query":"","language":"kuery"}}' },
    ...more,
  },
  references: [],
});

function wanted(body: JsonObject, id = 'default/search/ours'): DesiredObject {
  return {
    type: 'saved-object',
    id,
    body,
    digest: savedObjectDigest(body),
    dependsOn: [],
    file: 'o.ndjson',
    wants: body,
  };
}

function typeOn(server: KibanaServer): ResourceType {
  const { name: username, password = '' } = superuser;
  const address = targetAddress('kibana', { url: server.url, username, password });
  return savedObjects(() => connectKibana(address, 'default'));
}

async function kibana(version = '8.17.2'): Promise<KibanaServer> {
  const server = await startKibana({ version, state: newKibanaState('soc') });
  onTestFinished(() => server.close());
  return server;
}

const pairs: Readonly<Record<string, JsonObject>> = {
  'a saved object': search({ columns: ['host.name', 'user.name'] }),
  'a saved object that loses an attribute': { attributes: { title: 'Hosts' }, references: [] },
  'a saved object of other references': {
    ...search(),
    references: [{ type: 'index-pattern', id: 'view', name: 'n' }],
  },
};

for (const version of ['8.17.2', '7.17.29']) {
  for (const space of ['default', 'soc']) {
    for (const [title, second] of Object.entries(pairs)) {
      resourceTypeContract(`${title} in ${space} on ${version}`, async () => {
        const server = await startKibana({ version, state: newKibanaState('soc') });
        const own = server.state.spaces.get(space) ?? expect.unreachable();
        own.savedObjects.set('index-pattern/view', {
          type: 'index-pattern',
          id: 'view',
          attributes: {},
          references: [],
        });
        return {
          type: typeOn(server),
          desired: (which) => wanted(which === 'first' ? search() : second, `${space}/search/ours`),
          changeByHand: async () => {
            const standing = own.savedObjects.get('search/ours') ?? expect.unreachable();
            own.savedObjects.set('search/ours', { ...standing, attributes: { title: 'Mine' } });
          },
          everything: async () => [JSON.stringify(kibanaView(server.state))],
          close: async () => {
            expect(server.problems).toEqual([]);
            await server.close();
          },
        };
      });
    }
  }
}

it('takes what Kibana made of an object for the object, and a later release for another one', async () => {
  const server = await kibana();
  server.state.migrate = (_, { columns, ...attributes }) => ({ ...attributes, tabs: [{ columns: columns ?? [] }] });
  const type = typeOn(server);
  await type.create(wanted(search()));
  const actual = (await type.read('default/search/ours')) ?? expect.unreachable();
  expect(type.equal(wanted(search()), actual)).toBe(false);
  expect(type.made?.(wanted(search()), actual)).toBe(true);
  expect(type.made?.(wanted(search({ title: 'Others' })), actual)).toBe(false);
  expect(type.made?.({ ...wanted(search()), body: { ...(actual.body as object), attributes: {} } }, actual)).toBe(
    false,
  );
  // Later releases know it from the journal.
  const later = typeOn(server);
  const merged = (of: JsonObject, held = actual.digest) => {
    const { desired } = later.merge?.(wanted(of), actual, search(), held) ?? expect.unreachable();
    return later.equal(desired, actual);
  };
  expect(merged(search())).toBe(true);
  expect(merged(search({ columns: [] }))).toBe(false);
  expect(merged(search(), '0'.repeat(64))).toBe(false);
});

it('sees no difference in what Kibana fills in, also inside its texts', async () => {
  const server = await kibana();
  server.state.migrate = (_, attributes) => ({
    ...attributes,
    grid: {},
    hideChart: false,
    version: 1,
    kibanaSavedObjectMeta: {
      searchSourceJSON: '{"query":{"language":"kuery","query":""},"filter":[],"highlightAll":true}',
    },
  });
  const type = typeOn(server);
  await type.create(wanted(search()));
  const actual = (await typeOn(server).read('default/search/ours')) ?? expect.unreachable();
  expect(type.differing?.(wanted(search()), actual)).toEqual([]);
  expect(type.differing?.(wanted(search({ description: 'why' })), actual)).toEqual(['description']);
  expect(type.differing?.(wanted({ ...search(), references: [{ type: 'tag', id: 't', name: 't' }] }), actual)).toEqual([
    'references',
  ]);
});

it('leaves nothing behind where another space has the id, and says what is missing or was there', async () => {
  const server = await kibana();
  const type = typeOn(server);
  await type.create(wanted(search(), 'soc/search/ours'));
  const before = kibanaView(server.state);
  await expect(type.create(wanted(search()))).rejects.toMatchObject({
    code: 'target-refused',
    message: expect.stringContaining('Another space of Kibana has a saved object `search/ours` already'),
  });
  await expect(type.create(wanted(search(), 'soc/search/ours'))).rejects.toMatchObject({ code: 'target-changed' });
  const lost = { ...search(), references: [{ type: 'index-pattern', id: 'view', name: 'n' }] };
  await expect(type.create(wanted(lost, 'default/search/other'))).rejects.toThrow('`index-pattern/view` is not there');
  await expect(type.create(wanted(search(), 'default/gadget/x'))).rejects.toThrow();
  expect(kibanaView(server.state)).toEqual(before);
});

it('makes an object of each line, with the prefix in what the file refers to itself', () => {
  const lines = [
    { type: 'dashboard', id: 'd', attributes: {}, references: [{ type: 'search', id: 's', name: 'p' }] },
    { type: 'search', id: 's', attributes: {}, references: [{ type: 'index-pattern', id: 'theirs', name: 'i' }] },
    { exportedCount: 2 },
  ];
  const at = { file: 'o.ndjson' };
  const references = ['dashboard/d', 'search/s'].map((id) => {
    return { space: 'saved-object', id, role: 'defines', at } as const;
  });
  const bundle = {
    kind: { roles: [{ id: 'o', pattern: '*', format: 'elastic-saved-objects', count: 'any' }] },
    entries: [
      { path: 'o.ndjson', size: 1, sha256: '', role: 'o', document: { value: lines, locate: async () => undefined } },
    ],
    graph: { references },
  } as unknown as Parameters<typeof desiredSavedObjects>[0];
  const found = desiredSavedObjects(bundle, { prefix: 'b-', space: 'soc' });
  expect(found.map(({ id, named, dependsOn }) => ({ id, named, needs: dependsOn.map((key) => key.id) }))).toEqual([
    { id: 'soc/search/b-s', named: 'soc/search/s', needs: [] },
    { id: 'soc/dashboard/b-d', named: 'soc/dashboard/d', needs: ['soc/search/b-s'] },
  ]);
  expect(found[1]?.body).toMatchObject({ references: [{ id: 'b-s' }] });
  expect(found[0]?.body).toMatchObject({ references: [{ id: 'theirs' }] });
});
