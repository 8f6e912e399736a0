import { expect, it, onTestFinished } from 'vitest';
import { startKibana } from '../../kibana-server/server.ts';
import { kibanaView, newKibanaState } from '../../kibana-server/state.ts';
import { textOf } from './cluster.ts';
import { detections, detectionsFolder, stack } from './detections.ts';

const deploy = { command: 'deploy', directory: detections } as const;

/** A target with a Kibana, and the address of another one that holds nothing. */
async function two() {
  const on = await stack(detectionsFolder());
  const other = await startKibana({ state: newKibanaState('soc') });
  onTestFinished(() => other.close());
  return { on, other, elsewhere: { KIBANA_URL: other.url } };
}

it('rules are not taken for gone where another Kibana is asked', async () => {
  const { on, other, elsewhere } = await two();
  await on.mldr(deploy);
  const before = on.everything();
  for (const inputs of [{ command: 'undeploy' }, deploy] as const) {
    const refused = await on.mldr(inputs, elsewhere);
    expect(refused).toMatchObject({ code: 'kibana-differs', exit: 1 });
    expect(textOf(refused)).toContain(on.kibana.url);
  }
  expect(on.everything()).toEqual(before);
  expect(other.requests).toEqual([]);
  const seen = await on.mldr({ command: 'status' }, elsewhere);
  expect(seen).toMatchObject({ exit: 2 });
  expect(textOf(seen)).toContain(`what is in Kibana was not looked at: it stands in the one at ${on.kibana.url}`);
  expect(textOf(seen)).not.toContain('missing');
  expect(await on.mldr({ command: 'undeploy', only: 'jobs' }, elsewhere)).toMatchObject({ exit: 0 });
  expect(await on.mldr({ command: 'undeploy' }, elsewhere)).toMatchObject({ code: 'kibana-differs' });
  expect(await on.mldr({ command: 'undeploy' })).toMatchObject({ exit: 0 });
});

it('another Kibana may be taken once nothing is left in the first', async () => {
  const { on, other, elsewhere } = await two();
  await on.mldr(deploy);
  expect(await on.mldr({ command: 'undeploy', only: 'rules' })).toMatchObject({ exit: 0 });
  expect(await on.mldr({ command: 'status' }, elsewhere)).toMatchObject({ exit: 0 });
  expect(await on.mldr(deploy, elsewhere)).toMatchObject({ exit: 0 });
  expect(other.state.spaces.get('default')?.rules.size).toBe(3);
  expect(await on.mldr({ command: 'undeploy' })).toMatchObject({ code: 'kibana-differs' });
});

it('a repair puts back what stands in the Kibana that the deployment was about, or nothing', async () => {
  const { on, elsewhere } = await two();
  const empty = on.everything();
  on.kibana.faults.set(12, 'kill-after');
  await on.mldr(deploy);
  for (const server of [on.elastic, on.kibana]) {
    server.faults.clear();
    server.revive();
  }
  const left = kibanaView(on.kibana.state);
  expect(left).not.toEqual(empty['kibana']);
  const repair = { command: 'deploy', repair: true } as const;
  expect(await on.mldr(repair, elsewhere)).toMatchObject({ code: 'kibana-differs' });
  const blind = await on.mldr(repair, { KIBANA_URL: '' });
  expect(blind).toMatchObject({ code: 'target-invalid' });
  expect(textOf(blind)).toContain('--kibana-url');
  expect(kibanaView(on.kibana.state)).toEqual(left);
  expect(await on.mldr(repair)).toMatchObject({ exit: 0 });
  expect(on.everything()).toEqual(empty);
});
