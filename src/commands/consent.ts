import type { SubjectReport } from '../domain/report.ts';
import type { Session } from '../session.ts';

/** Whether a bundle may go on to be published: yes, or why not in a sentence. */
export type Consent = { readonly given: true } | { readonly given: false; readonly because: string };

/**
 * Errors stop. Warnings need an answer: `--accept-warnings`, or a "yes" of the person at the terminal; where nobody
 * can answer they stop too. A "no" publishes nothing.
 */
export async function consentTo(session: Session, subject: SubjectReport): Promise<Consent> {
  if (subject.verdict === 'reject') return { given: false, because: 'Nothing was published: there are errors.' };
  if (subject.verdict === 'accept' || session.inputs['accept-warnings'] === true) return { given: true };
  const { ask } = session.host;
  if (ask === undefined) {
    const because = 'Nothing was published: there are warnings. Mend them, or pass --accept-warnings.';
    return { given: false, because };
  }
  const given = await ask(`Release ${subject.name} in spite of its warnings?`, subject);
  return given ? { given } : { given, because: 'Nothing was published: the answer was no.' };
}
