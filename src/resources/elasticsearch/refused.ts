import type { DesiredObject } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';

/** Sends an object; where the server refuses its body, the failure names the file that the body comes from. */
export async function atFile({ file }: DesiredObject, send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'target-refused' || file === '') throw error;
    throw new Failure('target-refused', `${safe(file)}: ${error.message}`, { help: error.help, cause: error.cause });
  }
}
