/** Failures of servers that something is deployed to. */
export const targetFailures = {
  'target-invalid': {
    exit: 2,
    title: 'It is not said well where the target is',
    help: 'Correct the setting: ELASTICSEARCH_URL or ELASTIC_CLOUD_ID, KIBANA_URL, or the target in the configuration.',
  },
  'target-unreachable': {
    exit: 2,
    title: 'The target does not answer',
    help: 'Check its address, the network between, and its certificate.',
  },
  'target-timeout': {
    exit: 2,
    title: 'The target does not answer in time',
    help: 'Give it longer with --timeout, and look at what it is busy with.',
  },
  'target-unauthorised': {
    exit: 2,
    title: 'The target does not know who asks',
    help: 'Check ELASTIC_API_KEY, or ELASTIC_USERNAME and ELASTIC_PASSWORD.',
  },
  'target-forbidden': {
    exit: 2,
    title: 'The target does not allow this to whoever asks',
    help: '`mldr doctor` with --target or --elasticsearch-url names the privilege that is missing, and the role that has it.',
  },
  'target-refused': {
    exit: 2,
    title: 'The target refuses a request',
    help: 'See what it says, and correct that.',
  },
  'target-failed': {
    exit: 2,
    title: 'The target fails',
    help: 'Look at its log, and run the command again when it is well.',
  },
  'data-view-unknown': {
    exit: 2,
    title: 'Kibana has no such data view',
    help: 'Name one that is there, by its id or its title, in the space that --space names.',
  },
  'target-licence': {
    exit: 2,
    title: 'The target runs no trained models',
    help: 'Take a target with an active platinum or enterprise licence, or start a trial there (`POST /_license/start_trial`).',
  },
  'target-unsupported': {
    exit: 2,
    title: 'The target is OpenSearch, which has not all of this',
    help: 'Models, jobs, transforms, enrich policies and rules need an Elasticsearch. Scripts, pipelines that ask no model, and component templates go to OpenSearch as well.',
  },
  'pull-refused': {
    exit: 1,
    title: 'What stands on the target makes no bundle',
    help: 'Nothing was written. Name other objects with --id, or another kind with --kind.',
  },
  'script-refused': {
    exit: 1,
    title: 'A script of the release does not compile on the target',
    help: 'Correct the place named, and release under the next number.',
  },
  'target-answer-invalid': {
    exit: 2,
    title: 'The target answers with something that cannot be right',
    help: 'Check its address: something else may answer there.',
  },
} as const;
