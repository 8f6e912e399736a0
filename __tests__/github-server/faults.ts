import { leaveStarter } from './asset-routes.ts';
import { type Exchange, invalid, type Reply, refused } from './exchange.ts';
import { knownRefusal } from './refusals.ts';
import { releaseOf } from './release-routes.ts';
import { addRelease, otherSha } from './state.ts';

/**
 * What can go wrong with one request, in groups. `before` and `after` say on which side of its effect, `midway` in the
 * middle of an upload; a killed runner's later requests never arrive. Texts of refusals stand in `refusals.ts`.
 */
export const faultGroups = {
  killed: ['kill-before', 'kill-midway', 'kill-after'],
  'no answer': ['reset-before', 'reset-after', 'slow-before', 'slow-after'],
  'wrong answer': ['500-before', '500-after', 'html-before', 'html-after', '502-starter', 'truncated'],
  refused: ['401', '403', '404', '422', '422-exists', '422-rule', '422-burnt', '422-tag', '422-limit', '422-missing'],
  'to wait': ['403-retry-after', '429-date', '403-reset-past', '403-no-header'],
  'stale lists': ['stale'],
  'others at work': ['tag-moved', 'duplicate-draft', 'second-runner'],
} as const;

/** Name of a fault. What a person publishes is no order of a run: the test of that fault has an observer of its own. */
export type Fault = (typeof faultGroups)[keyof typeof faultGroups][number] | 'person-publishes';

/** Every fault. */
export const faults: readonly Fault[] = Object.values(faultGroups).flat();

/** How a fault ends an exchange in place of the route's own answer. */
export type Ending = 'reset' | 'silence' | Reply;

/** Whether the runner that asks is dead from this request on. */
export function isDeadly(fault: Fault | undefined): boolean {
  return fault?.startsWith('kill-') === true;
}

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
    case 'kill-midway':
      return halfway(exchange, 'reset');
    case 'slow-before':
      return 'silence';
    case 'html-before':
      return html;
    case '500-before':
      return refused(500, 'Server Error');
    case '502-starter':
      return halfway(exchange, refused(502, 'Bad Gateway'));
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
    case '422-exists':
    case '422-rule':
    case '422-burnt':
    case '422-tag':
    case '422-limit':
    case '422-missing':
      return knownRefusal(fault, exchange);
    case '403-retry-after':
      return refused(403, 'You have exceeded a secondary rate limit.', { 'retry-after': '1' });
    case '403-no-header':
      return refused(403, 'You have exceeded a secondary rate limit.');
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
  if (fault === 'person-publishes') Object.assign(draft, { draft: false, publishedAt: '2026-11-22T12:00:00Z' });
  if (fault === 'duplicate-draft')
    addRelease(repository, draft.tag, {}, { draft: true, body: 'by hand', tagged: false });
}

/** An upload that ends in its middle: an empty asset stays. */
function halfway(exchange: Exchange, ending: Ending): Ending {
  const release = releaseOf(exchange);
  if (exchange.upload !== undefined && release !== undefined) leaveStarter(exchange, release);
  return ending;
}
