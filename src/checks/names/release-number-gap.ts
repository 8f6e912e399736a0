import { nextName } from '../../domain/tag.ts';
import { defineCheck } from '../check.ts';
import { standing } from '../published.ts';
import { mintedNumber, withHistory } from '../with-history.ts';

/** The first of a family may have any number: a team that moves here goes on counting. */
export const releaseNumberGap = defineCheck({
  id: 'release-number-gap',
  severity: 'warning',
  title: 'The number of the release leaves numbers of its family out',
  help: 'Take the next number, or accept the gap: it is never filled later.',
  run: withHistory(function* ({ bundle, minted }, history) {
    if (minted === true) {
      yield mintedNumber;
      return;
    }
    const place = standing(bundle, history);
    const last = place?.family.at(-1);
    if (place === undefined || last === undefined || place.published !== 'nothing') return;
    const { own } = place;
    if (own.number <= last.number + 1n) return;
    const next = nextName(own.family, own.date, history.names);
    yield {
      message: `Number ${own.number} of ${own.family} follows ${last.number} (\`${last.name}\`); the next is \`${next}\`.`,
    };
  }),
});
