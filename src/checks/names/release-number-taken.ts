import { nextName } from '../../domain/tag.ts';
import { defineCheck } from '../check.ts';
import { refused } from '../files-of.ts';
import { standing } from '../published.ts';
import { mintedNumber, withHistory } from '../with-history.ts';

const states = {
  'other files': 'with other files',
  unknown: 'without a manifest, so its files cannot be compared',
  removed: 'and taken away since: its name is never used again',
} as const;

/** A finished release, published with these very files, is no defect. */
export const releaseNumberTaken = defineCheck({
  id: 'release-number-taken',
  severity: 'error',
  title: 'The number of the release is taken, or lower than the last of its family',
  help: 'Take the next number: `mldr next-name` says it, `mldr release --next` takes it.',
  run: withHistory(function* ({ bundle, minted }, history) {
    if (minted === true) {
      yield mintedNumber;
      return;
    }
    const place = standing(bundle, history);
    if (place === undefined || place.published === 'the same files') return;
    const { own, family, published } = place;
    const reason = refused(bundle);
    if (published === 'other files' && reason !== undefined) {
      yield { skipped: reason };
      return;
    }
    const next = nextName(own.family, own.date, history.names);
    const help = `Release it as \`${next}\`.`;
    const same = family.find(({ number }) => number === own.number);
    const last = family.at(-1);
    if (published !== 'nothing') {
      yield { message: `\`${own.name}\` was published in ${history.store} already, ${states[published]}.`, help };
    } else if (same !== undefined) {
      yield {
        message: `Number ${own.number} of ${own.family} is taken by \`${same.name}\` in ${history.store}.`,
        help,
      };
    } else if (last !== undefined && own.number < last.number) {
      yield { message: `Number ${own.number} is lower than that of \`${last.name}\` in ${history.store}.`, help };
    }
  }),
});
