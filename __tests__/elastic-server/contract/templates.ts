import { type Case, failure } from './case.ts';

const mappings = { properties: { ml_is_dga: { properties: { malicious_prediction: { type: 'long' } } } } };
const component = { template: { mappings }, _meta: { tool: 'x' }, version: 1 };
const illegal = 'illegal_argument_exception';

/** Component and index templates. */
export const templateCases: readonly Case[] = [
  {
    title: 'a component template with _meta',
    steps: [
      ['GET', '/_component_template', undefined, 200, { component_templates: [] }],
      [
        'GET',
        '/_component_template/c1',
        undefined,
        404,
        failure('resource_not_found_exception', 'component template matching [c1] not found'),
      ],
      ['PUT', '/_component_template/c1', component, 200, { acknowledged: true }],
      [
        'GET',
        '/_component_template/c1',
        undefined,
        200,
        { component_templates: [{ name: 'c1', component_template: component }] },
      ],
      [
        'PUT',
        '/_component_template/c1?create=true',
        component,
        400,
        failure(illegal, 'component template [c1] already exists'),
      ],
      ['DELETE', '/_component_template/c1', undefined, 200],
      [
        'DELETE',
        '/_component_template/c1',
        undefined,
        404,
        failure('index_template_missing_exception', 'index_template [c1] missing'),
      ],
    ],
  },
  {
    title: 'refused as they stand',
    steps: [
      ['PUT', '/_component_template/c1', {}, 400, failure(illegal, 'Required [template]')],
      [
        'PUT',
        '/_component_template/c1',
        { template: {}, zz: 1 },
        400,
        { error: { type: 'x_content_parse_exception' } },
      ],
      [
        'PUT',
        '/_component_template/c1',
        { template: { mappings: { properties: { a: { type: 'zzz' } } } } },
        400,
        {
          error: {
            type: 'mapper_parsing_exception',
            caused_by: { reason: 'No handler for type [zzz] declared on field [a]' },
          },
        },
      ],
      [
        'PUT',
        '/_index_template/t1',
        { index_patterns: ['contract-*'], composed_of: ['absent'] },
        400,
        { error: { type: 'invalid_index_template_exception' } },
      ],
    ],
  },
  {
    title: 'an index template gives settings and mappings, and holds its parts',
    steps: [
      ['PUT', '/_component_template/c1', component, 200],
      [
        'PUT',
        '/_index_template/t1',
        {
          index_patterns: ['contract-*'],
          composed_of: ['c1'],
          template: { settings: { 'index.default_pipeline': 'p3' } },
        },
        200,
      ],
      [
        'DELETE',
        '/_component_template/c1',
        undefined,
        400,
        failure(illegal, 'component templates [c1] cannot be removed as they are still in use by index templates [t1]'),
      ],
      [
        'GET',
        '/_index_template/t1',
        undefined,
        200,
        {
          index_templates: [
            { name: 't1', index_template: { template: { settings: { index: { default_pipeline: 'p3' } } } } },
          ],
        },
      ],
      ['PUT', '/contract-1', {}, 200],
      [
        'GET',
        '/contract-1',
        undefined,
        200,
        { 'contract-1': { mappings, settings: { index: { default_pipeline: 'p3' } } } },
      ],
      ['DELETE', '/_index_template/t1', undefined, 200],
      ['DELETE', '/_index_template/t1', undefined, 404, { error: { type: 'index_template_missing_exception' } }],
      ['DELETE', '/_component_template/c1', undefined, 200],
    ],
  },
];
