import { firmReason } from './checks/firm.ts';
import { nearest } from './checks/near.ts';
import { checks } from './checks/registry.ts';
import type { SeverityRule } from './domain/severity.ts';
import { Failure } from './errors.ts';

/** Reads `<check>=off|note|warning|error`. @throws Failure `usage` */
export function severityRule(flag: string): SeverityRule {
  const [check = '', severity = '', ...more] = flag.split('=');
  if (!checks.some(({ id }) => id === check)) {
    const near = nearest(
      check,
      checks.map(({ id }) => id),
    );
    const help = near === undefined ? {} : { help: `Did you mean \`${near}\`?` };
    throw new Failure('usage', `There is no check \`${check}\`.`, help);
  }
  if (more.length > 0 || !isLevel(severity)) {
    throw new Failure('usage', `\`--severity ${flag}\` is not of the form CHECK=off|note|warning|error.`);
  }
  const firm = severity === 'error' ? undefined : firmReason(check);
  if (firm !== undefined) {
    throw new Failure('usage', `The check \`${check}\` cannot be made lighter.`, { help: firm });
  }
  return { check, severity, reason: 'set by --severity' };
}

function isLevel(word: string): word is SeverityRule['severity'] {
  return word === 'off' || word === 'note' || word === 'warning' || word === 'error';
}
