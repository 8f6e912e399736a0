import { leaveStarter } from './asset-routes.ts';
import { type Exchange, invalid, type Reply, refused } from './exchange.ts';
import { releaseOf } from './release-routes.ts';
import { addRelease, otherSha } from './state.ts';

/**
 * What can go wrong with one request. `before` and `after` say on which side of its effect; a killed runner's later
 * requests never arrive.
 */
export const faults = [
  'kill-before',
  'kill-after',
  '500-before',
  '500-after',
  'reset-before',
  'reset-after',
  'slow-before',
  'slow-after',
  'html-before',
  'html-after',
  '502-starter',
  'truncated',
  '401',
  '403',
  '404',
  '422',
  '403-retry-after',
  '429-date',
  '403-reset-past',
  'stale',
  'tag-moved',
  'duplicate-draft',
] as const;

/** Name of a fault. */
export type Fault = (typeof faults)[number];

/** How a fault ends an exchange in place of the route's own answer. */
export type Ending = 'reset' | 'silence' | Reply;

const html: Reply = {
  status: 200,
  body: '<!doctype html><title>Unicorn!</title>',
  headers: { 'content-type': 'text/html' },
};

/** The answers that a fault gives before the effect of the request. */
export function endingBefore(fault: Fault | undefined, exchange: Exchange): Ending | undefined {
  switch (fault) {
    case 'kill-before':
    case 'reset-before':
      return 'reset';
    case 'slow-before':
      return 'silence';
    case 'html-before':
      return html;
    case '500-before':
      return refused(500, 'Server Error');
    case '502-starter':
      return starter(exchange);
    case '401':
      return refused(401, 'Bad credentials');
    case '403':
      return refused(403, 'Resource not accessible by integration', {
        'x-accepted-github-permissions': 'contents=write',
      });
    case '404':
      return refused(404, 'Not Found');
    case '422':
      return invalid('Release', [{ code: 'custom', field: 'base', message: 'Something is not right' }]);
    case '403-retry-after':
      return refused(403, 'You have exceeded a secondary rate limit.', { 'retry-after': '1' });
    case '429-date':
      return refused(429, 'Too many requests', {
        'retry-after': new Date(exchange.now().getTime() + 2000).toUTCString(),
      });
    case '403-reset-past':
      return refused(403, 'API rate limit exceeded', {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(exchange.now().getTime() / 1000) - 100),
      });
    default:
      return undefined;
  }
}

/** The answers that a fault gives in place of the true one, after the effect of the request. */
export function endingAfter(fault: Fault | undefined): Ending | undefined {
  if (fault === 'kill-after' || fault === 'reset-after') return 'reset';
  if (fault === 'slow-after') return 'silence';
  if (fault === 'html-after') return html;
  return fault === '500-after' ? refused(500, 'Server Error') : undefined;
}

/** What others do to the repository right before a request. */
export function interfere(fault: Fault | undefined, { repository }: Exchange): void {
  // The newest: the runs' own.
  const draft = repository.releases.findLast((release) => release.draft);
  if (draft === undefined) return;
  if (fault === 'tag-moved') repository.refs.set(`tags/${draft.tag}`, { type: 'commit', sha: otherSha });
  if (fault === 'duplicate-draft')
    addRelease(repository, draft.tag, {}, { draft: true, body: 'by hand', tagged: false });
}

/** A 502; where it was an upload, an empty asset stays. */
function starter(exchange: Exchange): Reply {
  const release = releaseOf(exchange);
  if (exchange.upload !== undefined && release !== undefined) leaveStarter(exchange, release);
  return refused(502, 'Bad Gateway');
}
