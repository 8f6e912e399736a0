import { attachmentContract } from './attachment-world.ts';
import { loopback } from './stack-world.ts';

for (const version of ['8.17.2', '7.10.2']) attachmentContract(version, () => loopback(version));
