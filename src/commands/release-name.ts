import type { Bundle } from '../domain/bundle.ts';
import { Failure } from '../errors.ts';
import type { Session } from '../session.ts';

/** @throws Failure `usage` where the bundle is not called as `--release` (the tag) says */
export function requireName(session: Session, bundle: Bundle): void {
  const wanted = session.inputs.release;
  if (wanted === undefined || wanted === bundle.name) return;
  throw new Failure('usage', `The bundle is called \`${bundle.name}\`, and the release \`${wanted}\`.`, {
    help: "A release has its bundle's name: rename the folder, or push the tag of its name.",
  });
}
