import { nameDefects, parseReleaseName } from '../../domain/tag.ts';
import { defineCheck } from '../check.ts';

/** One name stands for release, tag, zip and folder at once, so there is one exact form and no second spelling of it. */
export const releaseBadTag = defineCheck({
  id: 'release-bad-tag',
  severity: 'error',
  title: 'The name of the bundle is not a release name',
  help: 'Rename the bundle, or let `mldr release --next` make the name.',
  *run({ bundle: { name, kind } }) {
    const parsed = parseReleaseName(name);
    const form = `${kind?.family ?? 'ML-<family>'}-YYYYMMDD-N`;
    if (typeof parsed === 'string') {
      yield {
        message: `\`${name}\` is not a release name of the form \`${form}\`, N from 1: ${nameDefects[parsed]}.`,
        ...(parsed === 'number' && Number(/\d+$/.exec(name)?.[0]) > 0
          ? {
              help: `Write \`${name.replace(/-0+(\d+)$/, '-$1')}\`: with a leading zero there would be two tags for one release.`,
            }
          : {}),
      };
    } else if (kind === undefined) {
      yield {
        message: `\`${name}\` has the form of a release name, and no kind has the family \`${parsed.family}\`.`,
        help: 'Correct the family, name the kind with `--kind`, or define one in `ml-detection-release.toml`.',
      };
    } else if (parsed.family !== kind.family) {
      yield {
        message: `\`${name}\` is of the family \`${parsed.family}\`; releases of the kind ${kind.id} are named \`${form}\`.`,
      };
    }
  },
});
