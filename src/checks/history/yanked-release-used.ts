import { nothingYanked, yankedDoubts, yankedEntry, yankedText } from '../../domain/yanked.ts';
import { atMost } from '../at-most.ts';
import { type CheckContext, type CheckFinding, defineCheck } from '../check.ts';
import { withHistory } from '../with-history.ts';
import { yankedFiles } from '../yanked-files.ts';

/** Also says which lists of yanked releases were not read, and which entries do not fit the store: nobody else would. */
export const yankedReleaseUsed = defineCheck({
  id: 'yanked-release-used',
  severity: 'warning',
  title: 'The bundle is a yanked release, holds a file of one, or rests on one',
  help: 'Take the file or the model of the release that replaces it; accept the warning where it is not what was wrong.',
  run: withHistory(function* (context, history) {
    const { yanked = nothingYanked } = context;
    const manifests = new Map(history.releases.map(({ name, manifestSha256 }) => [name, manifestSha256]));
    const notes = [...yanked.remarks, ...yankedDoubts(yanked, history.names, manifests)];
    yield* atMost(
      notes.map((message) => ({ message, severity: 'note', help: 'Correct the list of yanked releases.' })),
    );
    yield* named(context);
    const files = yankedFiles(context.bundle, history, yanked);
    yield* atMost(
      files.map(({ path, earlier, yanked: entry }) => ({
        message: `The file is \`${earlier}\` of ${entry.name}, ${yankedText(entry)}.`,
        at: { file: path },
      })),
    );
  }),
});

function* named({ bundle, builtOn, yanked = nothingYanked }: CheckContext): Iterable<CheckFinding> {
  const own = yankedEntry(yanked, bundle.name);
  if (own !== undefined) {
    yield {
      message: `\`${bundle.name}\` is ${yankedText(own)}.`,
      help: 'Release what is right under the next number.',
    };
  }
  const base = builtOn === undefined ? undefined : yankedEntry(yanked, builtOn);
  if (base !== undefined) {
    const help =
      base.replacement === undefined
        ? 'Rest it on another release, by its texts or by `--built-on`.'
        : `Rest it on ${base.replacement}, by its texts or by \`--built-on\`.`;
    yield { message: `The bundle rests on ${base.name}, ${yankedText(base)}.`, help };
  }
}
