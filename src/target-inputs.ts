import type { InputDefinition } from './input-definition.ts';

/** Commands that put a release on a target. */
export const deploying = ['deploy', 'elastic setup-model'] as const;
export const removing = ['undeploy', 'elastic remove-model'] as const;
/** Commands that read jobs or rules from files, a bundle or a release. */
export const uploading = ['elastic upload-job', 'elastic upload-rule'] as const;
/** Commands that change a target. */
export const changing = [...deploying, ...removing, 'rollback', ...uploading, 'elastic delete-job'] as const;
/** Of these, the ones that put detection rules there. */
const ruling = ['deploy', 'rollback', 'elastic upload-rule'] as const;
/** Of these, the ones that read a release. */
export const fetching = [...deploying, ...removing, 'rollback', ...uploading] as const;
/** The same, and what does one of them later. */
export const planning = [...changing, 'apply'] as const;
/** Commands that speak to a target. */
export const targeting = [...planning, 'status', 'elastic status'] as const;
/** And those that only read there. */
const asking = [...targeting, 'doctor', 'pull', 'validate'] as const;

/** Inputs of the commands that work on a target. Secrets are none of them: they come from the environment. */
export const targetInputs = {
  plan: {
    type: 'text',
    value: 'FILE',
    description: 'A plan of a deployment that --plan-out wrote: it is done to the letter, or not at all.',
    commands: ['apply'],
  },
  target: {
    type: 'text',
    value: 'NAME',
    description:
      'A target of the configuration file, whose settings stand in place of the flags below; its credentials come from `ELASTIC_API_KEY_<NAME>` and the like.',
    commands: asking,
  },
  directory: {
    type: 'text',
    value: 'PATH',
    short: 'd',
    description: 'A bundle that is not published: its folder or zip, in place of a release.',
    commands: [...deploying, ...removing],
  },
  overwrite: {
    type: 'flag',
    description:
      'Change or take away what somebody else put there, or changed by hand; it is saved in the journal first.',
    default: 'false',
    commands: changing,
  },
  'id-prefix': {
    type: 'text',
    value: 'PREFIX',
    description: 'Put before every id, so that several models live side by side.',
    commands: [...fetching, 'status', 'elastic status', 'pull', 'validate'],
  },
  id: {
    type: 'lines',
    value: '[TYPE/]ID',
    description:
      'Objects to make a bundle of, with all that they need: the id of a model, a pipeline, a job, …, or a pattern with `*`; by default the pipeline that the data of the kind comes to.',
    commands: ['pull'],
  },
  'allow-downgrade': {
    type: 'flag',
    description: 'Take a release although a later one of its family is on the target.',
    default: 'false',
    commands: [...deploying, ...uploading],
  },
  only: {
    type: 'text',
    value: 'model,jobs,rules,dashboards',
    description: 'Of what the release holds and the target has, only these: one or several, with commas.',
    commands: ['deploy', 'undeploy', 'rollback'],
  },
  attach: {
    type: 'lines',
    value: 'PIPELINE',
    description:
      'A pipeline of your data that is to call that of the release, such as `logs-network_traffic.dns@custom`; all else in it stays. By default those that do already; `none` lets all go.',
    commands: deploying,
  },
  'refresh-data-view': {
    type: 'lines',
    value: 'VIEW',
    description: 'A data view of Kibana, by id or title, whose fields are looked up anew behind the deployment.',
    commands: deploying,
  },
  enable: {
    type: 'flag',
    description: 'Switch detection rules on that are new on the target; else they are off until a person does.',
    default: 'false',
    commands: ruling,
  },
  'allow-missing-jobs': {
    type: 'flag',
    description: 'Take rules of machine learning although their job is neither in the release nor on the target.',
    default: 'false',
    commands: ruling,
  },
  open: {
    type: 'flag',
    description: 'Open the jobs when they are there.',
    default: 'false',
    commands: ['deploy', 'elastic upload-job'],
  },
  start: {
    type: 'flag',
    description: 'Open the jobs, and start their datafeeds, the analytics and the transforms.',
    default: 'false',
    commands: ['deploy', 'elastic upload-job'],
  },
  type: {
    type: 'text',
    value: 'TYPE',
    description: 'What is to go: the `type` of its file.',
    choices: ['anomaly_detection', 'datafeed', 'data_frame_analytic'],
    commands: ['elastic delete-job'],
  },
  force: {
    type: 'flag',
    description: 'Close or stop by force what failed and cannot be stopped otherwise.',
    default: 'false',
    commands: ['elastic delete-job'],
  },
  health: {
    type: 'flag',
    description: 'Say too how everything there does its work: figures, states and their reasons. Ill health is exit 4.',
    default: 'false',
    commands: ['status', 'elastic status'],
  },
  'tolerate-failures': {
    type: 'text',
    value: 'PERCENT',
    description: 'With --health: share of failures, of all that servers count, that makes nothing ill.',
    default: '0',
    commands: ['status', 'elastic status'],
  },
  'elasticsearch-url': {
    type: 'text',
    value: 'URL',
    description: 'Where Elasticsearch is, without a password; else ELASTICSEARCH_URL of the environment.',
    commands: asking,
  },
  'cloud-id': {
    type: 'text',
    value: 'ID',
    description: 'The same as a cloud id; else ELASTIC_CLOUD_ID.',
    commands: asking,
  },
  'kibana-url': {
    type: 'text',
    value: 'URL',
    description: 'Where Kibana is, which has the detection rules; else KIBANA_URL, or the one that the cloud id names.',
    commands: asking,
  },
  space: {
    type: 'text',
    value: 'ID',
    description: 'Space of Kibana: what its addresses have behind `/s/`.',
    default: 'default',
    commands: asking,
  },
  user: {
    type: 'text',
    value: 'NAME',
    description: 'Who asks; else ELASTIC_USERNAME. Its password is ELASTIC_PASSWORD; ELASTIC_API_KEY goes before both.',
    commands: asking,
  },
  'ca-file': {
    type: 'text',
    value: 'FILE',
    description: 'Certificates (PEM) of the authority that signed the target’s; else ELASTIC_CA_FILE.',
    commands: asking,
  },
  timeout: {
    type: 'text',
    value: 'SECONDS',
    description: 'How long an answer of the target may take.',
    default: '60',
    commands: asking,
  },
  state: {
    type: 'text',
    value: 'dir:PATH',
    description: 'Journal of the deployments: a folder, where the key may not write an index of the cluster.',
    commands: asking,
  },
  repair: {
    type: 'flag',
    description: 'End a deployment that was left unfinished: put back what it changed, and do nothing else.',
    default: 'false',
    commands: changing,
  },
  'take-over': {
    type: 'flag',
    description: 'With --repair: the run that left it is known to be gone, although nothing shows it.',
    default: 'false',
    commands: changing,
  },
} as const satisfies Record<string, InputDefinition>;
