import { type Exchange, invalid, type Reply, refused } from './exchange.ts';

/** A kind of 422 whose text is known from GitHub's answers (publishing.md §A2, §B). */
type KnownRefusal = '422-exists' | '422-rule' | '422-burnt' | '422-tag' | '422-limit' | '422-missing';

/** The 422 of a kind in the words that GitHub has for the operation; in its usual words where it has none there. */
export function knownRefusal(kind: KnownRefusal, { upload, body, params }: Exchange): Reply {
  const aboutRef = body['ref'] !== undefined || params['ref'] !== undefined;
  switch (kind) {
    case '422-exists':
      if (aboutRef) return refused(422, 'Reference already exists');
      return upload === undefined
        ? invalid('Release', [{ field: 'tag_name', code: 'already_exists' }])
        : invalid('ReleaseAsset', [{ field: 'name', code: 'already_exists' }]);
    case '422-rule':
      return refused(
        422,
        'Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n',
      );
    case '422-burnt':
      if (upload !== undefined) return refused(422, 'Cannot upload assets to an immutable release.');
      return invalid('Release', [
        { field: 'tag_name', code: 'custom', message: 'tag_name was used by an immutable release' },
        {
          field: 'pre_receive',
          code: 'custom',
          message: 'Sorry, Cannot create ref due to creations being restricted.',
        },
      ]);
    case '422-tag':
      return invalid('Release', [
        { field: 'base', code: 'custom', message: 'Published releases must have a valid tag' },
      ]);
    case '422-limit':
      if (upload !== undefined) {
        const message = 'file_count limited to 1000 assets per release';
        return invalid('ReleaseAsset', [{ field: 'file_count', code: 'custom', message }]);
      }
      return body['body'] === undefined
        ? refused(422, 'Only the first 1000 results are available.')
        : invalid('Release', [
            { field: 'body', code: 'custom', message: 'body is too long (maximum is 125000 characters)' },
          ]);
    case '422-missing':
      return refused(422, body['sha'] === undefined ? 'Reference does not exist' : 'Object does not exist');
  }
}
