import { nearest } from '../checks/near.ts';
import { checks } from '../checks/registry.ts';
import { Failure, failures } from '../errors.ts';
import type { CommandResult } from '../result.ts';
import type { Session } from '../session.ts';

/** Prints the page of a check, or what a failure means. */
export async function explain(session: Session): Promise<CommandResult> {
  const name = session.inputs.name ?? '';
  const check = checks.find(({ id }) => id === name);
  if (check !== undefined) {
    const { default: pages } = await import('./pages.json', { with: { type: 'json' } });
    const page = Object.entries(pages).find(([id]) => id === check.id)?.[1] ?? `${check.title}.\n\n${check.help}`;
    return { subjects: [], text: page.trimEnd().split('\n') };
  }
  const failure = Object.entries(failures).find(([code]) => code === name);
  if (failure !== undefined) {
    const [code, { title, help, exit }] = failure;
    return { subjects: [], text: [`${code}: ${title}.`, '', help, '', `The exit code is ${exit}.`] };
  }
  const near = nearest(name, [...checks.map(({ id }) => id), ...Object.keys(failures)]);
  throw new Failure('usage', `There is no check and no error \`${name}\`.`, {
    help: near === undefined ? 'See docs/checks for all of them.' : `Did you mean \`${near}\`?`,
  });
}
