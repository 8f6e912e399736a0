import { requireInside } from '../confinement.ts';
import type { SubjectReport } from '../domain/report.ts';
import type { CommandResult } from '../result.ts';
import type { Session } from '../session.ts';

/** Safety checks on single files and archives, one subject a file. */
export async function scan(session: Session): Promise<CommandResult> {
  const { scanFile } = await import('./scan-file.ts');
  const subjects: SubjectReport[] = [];
  for (const path of session.inputs.file ?? []) {
    requireInside(session.host, path);
    subjects.push(await scanFile(session, path));
  }
  const refused = subjects.some(({ verdict }) => verdict === 'reject');
  return { subjects, ...(refused ? { no: true as const } : {}) };
}
