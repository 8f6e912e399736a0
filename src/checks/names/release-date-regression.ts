import { defineCheck } from '../check.ts';
import { standing } from '../published.ts';
import { withHistory } from '../with-history.ts';

/** Compared with the release of the next lower number: of a number that is taken, that is said elsewhere. */
export const releaseDateRegression = defineCheck({
  id: 'release-date-regression',
  severity: 'warning',
  title: 'The date of the release is before that of the last one of its family',
  help: 'Correct the date; where that of the earlier release is the wrong one, accept the warning.',
  run: withHistory(function* ({ bundle }, history) {
    const place = standing(bundle, history);
    if (place === undefined || place.published !== 'nothing') return;
    const { own, family } = place;
    const last = family.findLast(({ number }) => number < own.number);
    if (last === undefined || own.date >= last.date) return;
    yield { message: `The date of \`${own.name}\` is ${own.date}; \`${last.name}\` before it has ${last.date}.` };
  }),
});
