import { dayOf, parseReleaseName } from '../../domain/tag.ts';
import { defineCheck } from '../check.ts';

/** Days are counted in UTC, like all times of this tool. */
export const releaseDateFuture = defineCheck({
  id: 'release-date-future',
  severity: 'warning',
  title: 'The date in the name of the release is in the future',
  help: 'Use the day on which it is released, in UTC.',
  *run({ bundle, now }) {
    const name = parseReleaseName(bundle.name);
    const today = dayOf(now);
    if (typeof name !== 'object' || name.date <= today) return;
    yield { message: `The date of \`${bundle.name}\` is ${name.date}; today is ${today} (UTC).` };
  },
});
