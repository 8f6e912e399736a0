import type { Reply } from './exchange.ts';

/**
 * What can go wrong with one request. `before` and `after` say on which side of its effect. A killed client's later
 * requests never arrive, until the server is told that another one came.
 */
const faultGroups = {
  killed: ['kill-before', 'kill-after'],
  'no answer': ['reset-before', 'reset-after', 'silence-before', 'silence-after', 'cut'],
  'late answer': ['slow'],
  'failed answer': ['500-before', '500-after', '502-before', '502-after', '503-before', '503-after'],
  'wrong answer': ['html', 'truncated', 'endless', 'redirect'],
  refused: ['401', '403', '429'],
} as const;

/** Name of a fault. */
export type Fault = (typeof faultGroups)[keyof typeof faultGroups][number];

/** Every fault. */
export const faults: readonly Fault[] = Object.values(faultGroups).flat();

/** How a fault ends an exchange. */
export type Ending = 'reset' | 'silence' | 'cut' | 'endless' | Reply;

/** Whether the client that asks is dead from this request on. */
export function isDeadly(fault: Fault | undefined): boolean {
  return fault === 'kill-before' || fault === 'kill-after';
}

/** How a server words an error that it gives without having looked at the request. */
export type Wording = (status: number) => Reply;

/** What a fault answers in place of the request's effect. */
export function endingBefore(fault: Fault | undefined, wording: Wording): Ending | undefined {
  switch (fault) {
    case 'kill-before':
    case 'reset-before':
      return 'reset';
    case 'silence-before':
      return 'silence';
    case '500-before':
    case '502-before':
    case '503-before':
    case '401':
    case '403':
    case '429':
      return wording(Number(fault.slice(0, 3)));
    case 'redirect':
      return { status: 307, headers: { location: 'http://127.0.0.1:1/elsewhere' } };
    default:
      return undefined;
  }
}

/** What a fault answers in place of the true answer, after the effect. */
export function endingAfter(fault: Fault | undefined, wording: Wording, reply: Reply): Ending {
  switch (fault) {
    case 'kill-after':
    case 'reset-after':
      return 'reset';
    case 'silence-after':
      return 'silence';
    case 'cut':
    case 'endless':
      return fault;
    case '500-after':
    case '502-after':
    case '503-after':
      return wording(Number(fault.slice(0, 3)));
    case 'html':
      return { status: 200, body: '<!doctype html><title>Proxy</title>', headers: { 'content-type': 'text/html' } };
    case 'truncated':
      return { status: 200, body: '{"acknowledged":tr', headers: { 'content-type': 'application/json' } };
    default:
      return reply;
  }
}
