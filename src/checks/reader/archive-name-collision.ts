import { defineCheck } from '../check.ts';

/** Two names are one file on some disk: which one is unpacked depends on the machine. */
export const archiveNameCollision = defineCheck({
  id: 'archive-name-collision',
  severity: 'error',
  firm: true,
  title: 'Two entries are one file on some disk',
  help: 'Rename or remove one of the two.',
});
