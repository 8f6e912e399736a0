import { defineCheck } from '../check.ts';
import { withHistory } from '../with-history.ts';

/** Names in a message: enough to begin with, short enough for a log. */
const shown = 20;

/** The historic tool dropped such releases in silence (elastic.md §3.4). */
export const releaseWithoutManifest = defineCheck({
  id: 'release-without-manifest',
  severity: 'note',
  title: 'Earlier releases could not be compared: they have no readable manifest',
  help: 'Nothing to do for this bundle; `mldr list` shows the releases.',
  run: withHistory(function* (_, { withoutManifest, unreadable }) {
    if (withoutManifest.length > 0) {
      const names = withoutManifest.slice(0, shown).join(', ');
      const more = withoutManifest.length > shown ? ` and ${withoutManifest.length - shown} more` : '';
      const one = withoutManifest.length === 1;
      const have = one ? '1 release has' : `${withoutManifest.length} releases have`;
      yield { message: `${have} no manifest: ${names}${more}. ${one ? 'Its' : 'Their'} files were not compared.` };
    }
    for (const { name, reason } of unreadable.slice(0, shown)) {
      yield { message: `The manifest of ${name} cannot be read: ${reason}. Its files were not compared.` };
    }
    if (unreadable.length > shown) {
      yield { message: `The manifests of ${unreadable.length - shown} more releases cannot be read.` };
    }
  }),
});
