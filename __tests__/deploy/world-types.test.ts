import type { ResourceTypeId } from '../../src/domain/resource.ts';
import { resourceTypeContract } from '../contracts/resource-type.ts';
import { inhabited } from './releases.ts';
import { snapshot } from './world.ts';
import { desiredObject } from './world-objects.ts';

// What the executor is tested on has to be what the port says: nothing else would be proven.
for (const id of ['model', 'script', 'pipeline', 'job', 'rule'] satisfies ResourceTypeId[]) {
  resourceTypeContract(`the ${id} of the target in memory`, async () => {
    const world = inhabited();
    const type = world.open().types.get(id);
    if (type === undefined) throw new Error(id);
    return {
      type,
      desired: (which) => desiredObject(id, 'one', { which }),
      changeByHand: async () => void world.objects.set(`${id}/one`, { which: 'by hand' }),
      everything: async () => snapshot(world),
      close: async () => undefined,
    };
  });
}
