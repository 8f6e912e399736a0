import { isArray, member, type Value } from '../../domain/document.ts';

/** The words of an error of Kibana: its server says them in `message`, as the detection engine does. */
export function kibanaReason(value: Value | undefined): string | undefined {
  const message = member(value, 'message');
  if (typeof message === 'string') return message;
  if (isArray(message)) return message.filter((line) => typeof line === 'string').join('; ');
  const error = member(value, 'error');
  return typeof error === 'string' ? error : undefined;
}
