import type { Bundle } from '../../domain/bundle.ts';
import type { History, KnownRelease } from '../../domain/history.ts';
import type { Space } from '../../domain/reference.ts';
import { namesOfFamily, parseReleaseName } from '../../domain/tag.ts';
import { atMost } from '../at-most.ts';
import { type CheckFinding, defineCheck } from '../check.ts';
import { withHistory } from '../with-history.ts';

/** What is meant to be unique, and its name for people; scripts and pipelines keep their ids for ever. */
const spaces: readonly (readonly [Space, string])[] = [
  ['job', 'job'],
  ['datafeed', 'datafeed'],
  ['rule', 'rule name'],
  ['rule-id', 'rule_id'],
];

/** Who has the earlier release installed gets a second rule, or an error for a job that exists. */
export const definitionPublishedBefore = defineCheck({
  id: 'definition-published-before',
  severity: 'warning',
  title: 'A job or rule has the name of one in the last release of the family',
  help: 'If it is meant to replace that one, accept the warning; if it is a new one, give it a name of its own.',
  run: withHistory(({ bundle }, history) => atMost(repeated(bundle, history))),
});

function* repeated(bundle: Bundle, history: History): Iterable<CheckFinding> {
  const last = lastOfFamily(bundle, history);
  if (last?.definitions === undefined) return;
  const digests = new Map(last.entries.map(({ path, sha256 }) => [path, sha256]));
  for (const [space, word] of spaces) {
    const published = new Set(last.definitions[space]);
    for (const { id, role, at, space: defined } of bundle.graph.references) {
      if (role !== 'defines' || defined !== space || !published.has(id)) continue;
      const sha256 = bundle.entries.find(({ path }) => path === at.file)?.sha256;
      const state = digests.get(at.file) === sha256 ? 'in the same file, unchanged' : 'in a file of other content';
      yield { message: `The ${word} \`${id}\` is in ${last.name} already, ${state}.`, at };
    }
  }
}

/** The newest earlier release of the bundle's family whose definitions are known. */
function lastOfFamily({ name, kind }: Bundle, { releases }: History): KnownRelease | undefined {
  const own = parseReleaseName(name);
  const known = releases.filter((release) => release.name !== name && release.definitions !== undefined);
  const family = typeof own === 'object' ? own.family : (kind?.family ?? '');
  const names = namesOfFamily(
    family,
    known.map((release) => release.name),
  );
  const last = names.findLast(({ number }) => typeof own !== 'object' || number < own.number) ?? names.at(-1);
  return known.find((release) => release.name === last?.name);
}
