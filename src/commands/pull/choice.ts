import { jobTypes } from '../../deploy/desired-jobs.ts';
import type { Kind } from '../../domain/kind.ts';
import { type ObjectKey, type ResourceTypeId, resourceTypes } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { matchPattern } from '../../kinds/pattern.ts';
import type { Catalogue } from '../../resources/elasticsearch/catalogue.ts';
import { isOfKibana } from '../elastic/target-types.ts';

/** What a person may choose from. */
interface Offer {
  readonly kind: Kind;
  readonly prefix: string;
  readonly catalogue: Catalogue;
  /** Types that the target has. */
  readonly types: readonly ResourceTypeId[];
  fits(key: ObjectKey): boolean;
}

/**
 * The objects that words name: `dns_enrich_pipeline`, `job/high-*`. Without a word, where data comes in by an id that
 * the kind fixes.
 * @throws Failure `usage`, `pull-refused` where a word names nothing; the client's
 */
export async function chosenKeys(words: readonly string[], offer: Offer): Promise<ObjectKey[]> {
  if (words.length === 0) return entryPoints(offer);
  const chosen = await Promise.all(words.map((word) => named(word, offer)));
  return chosen.flat();
}

function entryPoints({ kind, prefix, types }: Offer): ObjectKey[] {
  const keys = kind.roles.flatMap(({ defines = [] }) =>
    defines.flatMap(({ space, id, entryPoint }): ObjectKey[] => {
      const type = types.find((each) => each === space);
      return type !== undefined && entryPoint === true && !/[<*]/.test(id) ? [{ type, id: `${prefix}${id}` }] : [];
    }),
  );
  if (keys.length > 0) return keys;
  throw new Failure('usage', `It is not said which objects make the bundle of kind \`${kind.id}\`.`, {
    help: 'Name them with --id: the id of a model, a pipeline or a job, or a pattern such as `job/high-*`.',
  });
}

async function named(word: string, offer: Offer): Promise<ObjectKey[]> {
  const { type, id } = parsed(word);
  // Any id could be one of Kibana's: it is asked where its types are named.
  const types = offer.types.filter((each) => (type === undefined ? !isOfKibana({ type: each }) : each === type));
  const exact = !id.includes('*');
  const found: ObjectKey[] = [];
  for (const each of types) {
    const ids = exact ? await exactly({ type: each, id }, offer, type !== undefined) : await offer.catalogue.ids(each);
    if (ids === undefined && type !== undefined) {
      throw new Failure('usage', `\`${safe(word)}\`: a server has no list of objects of this type; name its id.`);
    }
    for (const candidate of ids ?? []) {
      const key = { type: each, id: candidate };
      if ((exact || matchPattern(id, candidate) !== undefined) && (exact || offer.fits(key))) found.push(key);
    }
  }
  if (found.length > 0) return found;
  throw new Failure('pull-refused', `Nothing on the target that \`${offer.kind.id}\` holds is \`${safe(word)}\`.`);
}

/** Under an id without a type whatever the kind has a place for is looked up; with one, it is read in any case. */
async function exactly(key: ObjectKey, { catalogue, fits }: Offer, sure: boolean): Promise<string[]> {
  if (sure) return [key.id];
  return fits(key) && (await catalogue.read(key)) !== undefined ? [key.id] : [];
}

/** `TYPE/ID`, where the first part is a type; a job's file calls it by other words. @throws Failure `usage` */
function parsed(word: string): { readonly type?: ResourceTypeId; readonly id: string } {
  const [first = '', ...rest] = word.split('/');
  const type = jobTypes.get(first) ?? resourceTypes.find((each) => each === first);
  const id = type === undefined || rest.length === 0 ? word : rest.join('/');
  if (id === '' || id.length > 500) throw new Failure('usage', `\`--id ${safe(word)}\` names nothing.`);
  return type === undefined || rest.length === 0 ? { id } : { type, id };
}
