import { defineCheck } from '../check.ts';

/** The file makes checks lighter, lifts limits and defines kinds: whoever writes it shares in the verdict. */
export const configurationChanged = defineCheck({
  id: 'configuration-changed',
  severity: 'warning',
  title: 'A pull request from a fork changes the configuration that judges it',
  help: 'Read what changed in the file before you trust the verdict.',
  firm: 'Whoever changes the file would decide by it that nobody is told.',
  *run({ forkSettings }) {
    if (forkSettings === undefined || forkSettings.change === 'none') return;
    const { file, change } = forkSettings;
    if (change === 'written') {
      yield { message: `This pull request comes from a fork and writes \`${file}\`: its own settings were in force.` };
    } else if (change === 'removed') {
      yield { message: `This pull request comes from a fork and removes \`${file}\`: no settings were in force.` };
    } else {
      yield {
        severity: 'note',
        message: `Whether this pull request from a fork changes \`${file}\` is not known: ${change.unknown}`,
        help: 'Check out with `fetch-depth: 2` or more, so that git knows the commit that the pull request starts from.',
      };
    }
  },
});
