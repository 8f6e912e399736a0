import { defineCheck } from '../check.ts';
import { withHistory } from '../with-history.ts';

/** Nothing of it stops a release: it is said, so that a store that was changed by hand does not look like a sound one. */
export const historyIrregular = defineCheck({
  id: 'history-irregular',
  severity: 'note',
  title: 'The history of the store has gaps, or was changed after publishing',
  help: 'Find out who changed the store; `mldr reindex` says what differs from its manifests.',
  run: withHistory(function* (_, { removed = [], remarks = [] }) {
    const shown = 20;
    if (removed.length > 0) {
      const names = removed.slice(0, shown).join(', ');
      const more = removed.length > shown ? ` and ${removed.length - shown} more` : '';
      yield {
        message: `Published once and no longer in the store: ${names}${more}. These names are never used again.`,
      };
    }
    for (const message of remarks.slice(0, shown)) yield { message };
    if (remarks.length > shown) yield { message: `And ${remarks.length - shown} more remarks.` };
  }),
});
