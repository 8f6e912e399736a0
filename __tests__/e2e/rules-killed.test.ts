import { expect, it } from 'vitest';
import { detections, detectionsFolder, stack } from '../commands/elastic/detections.ts';
import { newKibanaState } from '../kibana-server/state.ts';
import { environment } from './mldr.ts';
import { start } from './started.ts';

// Some of Kibana's requests: a look, an import, the look behind it.
it.each([2, 6, 10])(
  'a deployment of rules killed at request %i of Kibana is repaired by the command that the next run says',
  async (number) => {
    let kill = (): void => undefined;
    const on = await stack(detectionsFolder(), {
      state: newKibanaState('soc'),
      onChange: (request) => {
        if (request.number === number) kill();
      },
    });
    const empty = on.everything();
    const env = environment({ ELASTICSEARCH_URL: on.elastic.url, KIBANA_URL: on.kibana.url, ...on.known });
    const run = (words: readonly string[]) => start(on.folder, words, env).ended;
    const deploy = ['deploy', '-d', detections, '--space', 'soc'];
    const first = start(on.folder, deploy, env);
    kill = () => void first.child.kill('SIGKILL');
    expect((await first.ended).code).toBe(null);
    const next = await run(deploy);
    if (next.code !== 0) {
      expect(next.stderr).toContain('failed   deployment-unfinished');
      const command = /^ +mldr (.* --repair)$/m.exec(next.stderr)?.[1] ?? '';
      const repaired = await run(command.split(' '));
      expect(repaired).toMatchObject({ code: 0 });
      expect(on.everything()).toEqual(empty);
      expect(await run(deploy)).toMatchObject({ code: 0 });
    }
    const status = await run(['status']);
    expect(status).toMatchObject({ code: 0 });
  },
);
