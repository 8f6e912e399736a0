import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import inner from '../../../examples/ML-DGA-20261122-2/dga_1000_1.0_ingest_pipeline2.json' with { type: 'json' };
import model from '../../../examples/ML-DGA-20261122-2/dga_1000_1.0_model.json' with { type: 'json' };
import create from '../../../examples/ML-DGA-20261122-2/dga_1000_1.0_ngrams_create.json' with { type: 'json' };
import transform from '../../../examples/ML-DGA-20261122-2/dga_1000_1.0_ngrams_transform_delete.json' with {
  type: 'json',
};
import { ask } from '../../elastic-server/ask.ts';
import { goldenRows } from '../../elastic-server/golden-rows.ts';
import { at, type Json, type JsonObject, listOr, objectOr } from '../../elastic-server/json.ts';
import type { Recorded } from '../../elastic-server/loopback.ts';
import { type ElasticFront, standInShare, startFront } from './front.ts';
import { type RealNode, startNode } from './node.ts';

const rows = goldenRows('dga_1000_1.0');
const docs = rows.map(({ domain }) => ({ _source: { dns: { question: { registered_domain: domain } } } }));
const asked: Recorded[] = [];
let node: RealNode;
let front: ElasticFront;

beforeAll(async () => {
  node = await startNode();
});

beforeEach(async () => {
  await node.reset();
  front = await startFront(node, { golden: { 'dga_1000_1.0': rows } });
});

afterEach(async () => {
  asked.push(...front.requests);
  await front.close();
});

afterAll(async () => {
  process.stdout.write(`${standInShare(asked)}\n`);
  await node.close();
});

async function installed(): Promise<void> {
  await ask(front, 'PUT', '/_ml/trained_models/dga_1000_1.0', model as unknown as Json);
  await ask(front, 'PUT', '/_scripts/dga_ngrams_create/ingest', create);
  await ask(front, 'PUT', '/_scripts/dga_ngrams_transform_delete/ingest', transform);
  await ask(front, 'PUT', '/_ingest/pipeline/inner', inner as unknown as Json);
}

describe('Elasticsearch 7.10.2 with a stand-in for machine learning', () => {
  it('gives every golden prediction through real scripts and a real pipeline', async () => {
    await installed();
    const { body } = await ask(front, 'POST', '/_ingest/pipeline/inner/_simulate', { docs });
    const said = listOr(at(body, 'docs')).map((doc) => at(doc, 'doc', '_source') as JsonObject);
    expect(said).toEqual(
      rows.map(({ domain, malicious_prediction, malicious_probability }) => ({
        dns: { question: { registered_domain: domain } },
        ml_is_dga: {
          malicious_prediction,
          malicious_probability: expect.closeTo(malicious_probability, 12),
          model_id: 'dga_1000_1.0',
        },
      })),
    );
  });

  it('writes the same while documents are indexed', async () => {
    await installed();
    for (const { _source } of docs.slice(0, 5)) await ask(front, 'POST', '/logs/_doc?pipeline=inner', _source);
    const { document } = await front.view();
    const found = Object.values(document ?? {}).map((source) => [
      at(source, 'dns', 'question', 'registered_domain'),
      at(source, 'ml_is_dga', 'malicious_prediction'),
    ]);
    expect(found.sort()).toEqual(
      rows
        .slice(0, 5)
        .map((row) => [row.domain, row.malicious_prediction])
        .sort(),
    );
  });

  it('predicts nothing where a field has another name', async () => {
    await installed();
    const wrong = JSON.stringify(create).replaceAll('dga_\\"', 'dgb_\\"');
    expect(wrong).not.toBe(JSON.stringify(create));
    await ask(front, 'PUT', '/_scripts/dga_ngrams_create/ingest', wrong);
    const { body } = await ask(front, 'POST', '/_ingest/pipeline/inner/_simulate', { docs });
    for (const doc of listOr(at(body, 'docs'))) {
      const answer = objectOr(at(doc, 'doc', '_source', 'ml_is_dga'));
      expect(Object.keys(answer).sort()).toEqual(['model_id', 'warning']);
    }
  });

  it('fails without the model, as soon as it is gone', async () => {
    await installed();
    expect(await ask(front, 'DELETE', '/_ml/trained_models/dga_1000_1.0')).toMatchObject({
      status: 409,
      body: { error: { reason: 'Cannot delete model [dga_1000_1.0] as it is still referenced by ingest processors' } },
    });
    await ask(front, 'PUT', '/_ingest/pipeline/other', inner as unknown as Json);
    await ask(front, 'DELETE', '/_ingest/pipeline/inner');
    await ask(front, 'DELETE', '/_ingest/pipeline/other');
    expect((await ask(front, 'DELETE', '/_ml/trained_models/dga_1000_1.0')).status).toBe(200);
    const { body } = await ask(front, 'POST', '/_ingest/pipeline/_simulate', {
      pipeline: inner as unknown as JsonObject,
      docs: docs.slice(0, 1),
    });
    expect(at(listOr(at(body, 'docs'))[0], 'doc', '_source', 'ml_is_dga', 'error')).toBe(
      'Could not find trained model [dga_1000_1.0]',
    );
  });

  it('asks who asks before anything is passed on', async () => {
    const nobody = await ask(front, 'PUT', '/_scripts/a', create, { name: 'x', password: 'y', cluster: [] });
    expect(nobody.status).toBe(401);
    expect((await ask(node, 'GET', '/_scripts/a')).status).toBe(404);
    expect(front.requests).toMatchObject([{ standIn: false, status: 401 }]);
  });

  it('fails on either side of an effect on the real node', async () => {
    front.faults.set(0, '500-before').set(1, 'reset-after');
    expect((await ask(front, 'PUT', '/_scripts/a', create)).status).toBe(500);
    await expect(ask(front, 'PUT', '/_scripts/b', create)).rejects.toThrow();
    expect(Object.keys((await front.view())['script'] ?? {})).toEqual(['b']);
  });

  it('passes names with percent signs, blanks and slashes as they are', async () => {
    const id = 'a b/c%d';
    expect((await ask(front, 'PUT', `/_ingest/pipeline/${encodeURIComponent(id)}`, { processors: [] })).status).toBe(
      200,
    );
    expect(Object.keys((await front.view())['pipeline'] ?? {})).toEqual([id]);
  });
});
