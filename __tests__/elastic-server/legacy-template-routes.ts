import { acknowledged, bodyOf, type Exchange, type Reply, type Route } from './exchange.ts';
import { objectOr } from './json.ts';
import { indexSettings } from './template-routes.ts';

const template = '/_template/{name}';

/** Legacy templates: kept and shown, applied to nothing. A real server shows their settings under `index` too. */
export const legacyTemplateRoutes: readonly Route[] = [
  { method: 'PUT', template, action: 'indices:admin/template/put', answer: put },
  {
    method: 'GET',
    template: '/_template',
    action: 'indices:admin/template/get',
    answer: ({ stack }) => ({ status: 200, body: Object.fromEntries(stack.legacyTemplates) }),
  },
];

function put(exchange: Exchange): Reply {
  const { stack, params } = exchange;
  const body = bodyOf(exchange);
  stack.legacyTemplates.set(params['name'] ?? '', { ...body, settings: indexSettings(objectOr(body['settings'])) });
  return acknowledged;
}
