import { elasticContract } from './contract/contract.ts';
import { startElastic } from './server.ts';
import { newStack } from './stack.ts';

elasticContract('the stand-in', async () => {
  const stack = newStack();
  const server = await startElastic({ version: '7.10.2', accounts: 'off', stack });
  return {
    url: server.url,
    reset: () => {
      for (const part of Object.values(stack)) if (part instanceof Map) part.clear();
      return Promise.resolve();
    },
    close: () => server.close(),
  };
});
