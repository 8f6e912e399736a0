import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';

/** A repository on a GitHub server. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

// What GitHub takes: an owner of letters, digits and hyphens, a name of these, dots and underscores.
const form = /^github:([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})$/;

/** Reads `github:owner/repo`. @throws Failure `store-unsupported` */
export function parseAddress(address: string): RepositoryName {
  const [, owner, name] = form.exec(address) ?? [];
  if (owner !== undefined && name !== undefined && !/^\.+$/.test(name)) return { owner, name };
  throw new Failure('store-unsupported', `\`${safe(address)}\` does not name a repository.`, {
    help: 'Write `--store github:owner/repo`.',
  });
}
