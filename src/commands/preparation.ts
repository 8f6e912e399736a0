import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { requireInside } from '../confinement.ts';
import type { Bundle } from '../domain/bundle.ts';
import type { History } from '../domain/history.ts';
import type { SubjectReport } from '../domain/report.ts';
import { Failure } from '../errors.ts';
import { builtOn } from '../publish/built-on.ts';
import { releaseNotes } from '../publish/notes.ts';
import type { PrepareOptions } from '../publish/prepare.ts';
import type { Session } from '../session.ts';
import { toolName, toolVersion } from '../version.ts';
import { workflowRun } from '../workflow-run.ts';

/**
 * What a release is made with: who, when, from which commit, and what its description says.
 * @param facts what evaluating the model gave, for description and manifest
 * @param run id of the run that publishes, where it is one that no workflow names
 */
export function preparation(
  session: Session,
  bundle: Bundle,
  history: History,
  { facts }: Pick<SubjectReport, 'facts'>,
  run?: string,
): PrepareOptions {
  const { host, inputs, limits, now } = session;
  const rests = builtOn(bundle, history, inputs['built-on']);
  const commit = commitOf(session);
  const author = host.env['GITHUB_ACTOR'];
  const text = notesText(session);
  const base = rests === undefined ? {} : { builtOn: rests };
  return {
    name: bundle.name,
    facts,
    notes: releaseNotes(bundle, { now, facts, ...base, ...(text === undefined ? {} : { text }) }),
    limits,
    now,
    tool: { name: toolName, version: toolVersion },
    // A workflow run resumes its own draft, whichever attempt it is.
    run: workflowRun(host.env, inputs) ?? run ?? randomUUID(),
    draft: inputs.draft === true,
    ...base,
    ...(commit === undefined ? {} : { commit }),
    ...(author === undefined || author === '' ? {} : { author }),
  };
}

/** The source commit: `--expected-commit`, which must be the runner's own where it has one. */
function commitOf({ host, inputs }: Session): string | undefined {
  const expected = inputs['expected-commit'];
  const standing = host.env['GITHUB_SHA'];
  if (expected !== undefined && !/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(expected)) {
    throw new Failure('usage', `\`--expected-commit ${expected}\` is no full commit id.`);
  }
  if (expected !== undefined && standing !== undefined && standing !== '' && standing !== expected) {
    throw new Failure('precondition-failed', `The run stands on ${standing}, not on the expected ${expected}.`, {
      help: 'Someone moved the tag, or the wrong commit was passed on. Look before you release.',
    });
  }
  return expected ?? (standing === '' ? undefined : standing);
}

function notesText({ host, inputs }: Session): string | undefined {
  const file = inputs['notes-file'];
  if (file === undefined) return undefined;
  requireInside(host, file);
  try {
    return readFileSync(resolve(host.cwd, file), 'utf8');
  } catch (cause) {
    throw new Failure('file-unreadable', `The notes file ${file} cannot be read.`, { cause });
  }
}
