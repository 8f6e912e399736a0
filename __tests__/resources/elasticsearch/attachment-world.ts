import { canonicalJson } from '../../../src/domain/canonical-json.ts';
import type { Value } from '../../../src/domain/document.ts';
import type { DesiredObject } from '../../../src/domain/resource.ts';
import {
  attachmentBody,
  attachmentDigest,
  attachmentId,
} from '../../../src/resources/elasticsearch/attached-processor.ts';
import { mappingDigest, mappingId } from '../../../src/resources/elasticsearch/mapping.ts';
import { type ResourcePlace, resourceTypeContract } from '../../contracts/resource-type.ts';
import { at, type Json, type JsonObject, listOr } from '../../elastic-server/json.ts';
import { person, type Server, typeOn } from './stack-world.ts';

/** A pipeline and a component template of people, for Elastic Agent's data. */
export const custom = 'logs-network_traffic.dns@custom';

/** Where they stand. */
export const pipelinePath = `/_ingest/pipeline/${encodeURIComponent(custom)}`;
export const templatePath = `/_component_template/${encodeURIComponent(custom)}`;

/** An attachment of a pipeline of ours, with members of its processor that are others. */
function attachment(more: JsonObject = {}, called = 'ours'): DesiredObject {
  const body: Value = {
    processors: listOr(at(attachmentBody(called, false), 'processors')).map((each) => altered(each, more)),
  };
  const id = attachmentId({ holder: custom, called });
  return { type: 'attachment', id, body, digest: attachmentDigest(body), dependsOn: [], file: 'pipeline.json' };
}

/** A field of ours in the component template. */
function mapping(type: string, field = 'ml_is_dga.malicious_prediction'): DesiredObject {
  const body: Value = { field: { type } };
  const id = mappingId({ template: custom, field });
  return { type: 'mapping', id, body, digest: mappingDigest(body), dependsOn: [], file: 'pipeline.json' };
}

/** What people have there before, and what there is besides. */
const pipelines: Readonly<Record<string, JsonObject | undefined>> = {
  'where none is': undefined,
  'behind processors of people': {
    description: 'theirs',
    version: 7,
    processors: [{ set: { field: 'a', value: 'b', tag: 'theirs' } }, { pipeline: { name: 'theirs' } }],
    on_failure: [{ set: { field: 'error', value: 'x' } }],
  },
  'in an empty one of people': { processors: [] },
};

const templates: Readonly<Record<string, JsonObject | undefined>> = {
  'where no template is': undefined,
  'beside fields of people': {
    version: 3,
    template: {
      settings: { index: { refresh_interval: '7s' } },
      mappings: { dynamic: 'false', properties: { mine: { type: 'keyword' } } },
    },
    _meta: { package: { name: 'network_traffic' }, managed_by: 'fleet' },
  },
  'beside its like, written with a dot': {
    template: { mappings: { properties: { 'ml_is_dga.mine': { type: 'keyword' } } } },
  },
  'inside what people hold': {
    template: { mappings: { properties: { ml_is_dga: { properties: { mine: { type: 'ip' } } } } } },
  },
  'in one that Fleet left empty': { template: { settings: {} }, _meta: { managed_by: 'fleet' } },
};

/** The contract of what is put into objects of others. */
export function attachmentContract(title: string, start: () => Promise<Server>): void {
  for (const [name, before] of Object.entries(pipelines)) {
    resourceTypeContract(`an attachment ${name} on ${title}`, async (): Promise<ResourcePlace> => {
      const server = await start();
      if (before !== undefined) await person(server, 'PUT', pipelinePath, before);
      return {
        ...(await around(server, 'attachment')),
        desired: (which) => attachment(which === 'first' ? {} : { ignore_failure: true }),
        changeByHand: async () => {
          const { [custom]: found } = (await person(server, 'GET', pipelinePath)) as JsonObject;
          const processors = listOr(at(found, 'processors')).map((each) => {
            return String(at(each, 'pipeline', 'tag')).startsWith('ml-') ? altered(each, { if: 'true' }) : each;
          });
          await person(server, 'PUT', pipelinePath, { ...(found as JsonObject), processors });
        },
      };
    });
  }
  for (const [name, before] of Object.entries(templates)) {
    resourceTypeContract(`a mapping ${name} on ${title}`, async (): Promise<ResourcePlace> => {
      const server = await start();
      if (before !== undefined) await person(server, 'PUT', templatePath, before);
      const place = await around(server, 'mapping');
      return {
        ...place,
        desired: (which) => mapping(which === 'first' ? 'long' : 'float'),
        changeByHand: () => place.type.update?.(mapping('double'), { body: {}, digest: '' }) ?? Promise.resolve(),
      };
    });
  }
}

async function around(server: Server, type: DesiredObject['type']) {
  return {
    type: await typeOn(server, type),
    everything: async (): Promise<string[]> => {
      const view = await server.view();
      return Object.entries(view).map(([space, rows]) => `${space} ${canonicalJson(rows)}`);
    },
    close: () => server.close(),
  };
}

function altered(processor: Json, more: JsonObject): JsonObject {
  return { pipeline: { ...(at(processor, 'pipeline') as JsonObject), ...more } };
}
