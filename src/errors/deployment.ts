/** Failures of deployments, whatever the target is: rows of the table in `errors.ts`. */
export const deploymentFailures = {
  'deployment-held': {
    exit: 2,
    title: 'Another run is deploying to this target',
    help: 'Wait until it ends, and run the command again.',
  },
  'deployment-unfinished': {
    exit: 2,
    title: 'An earlier deployment to this target was left unfinished',
    help: 'Nothing was changed now. Run the command with --repair first: it puts back what that deployment changed.',
  },
  'deployment-lost': {
    exit: 2,
    title: 'Another run took this deployment over',
    help: 'It decides now what becomes of the deployment: see `mldr status` when it has ended.',
  },
  'deployment-incomplete': {
    exit: 3,
    title: 'A deployment stopped half-way, and could not be undone',
    help: 'Run the command again with --repair: it goes on where undoing stopped.',
  },
  'start-failed': {
    exit: 3,
    title: 'Jobs stand on the target, and not all of them run',
    help: 'Run the same command again: it opens and starts what does not run yet.',
  },
  'refresh-failed': {
    exit: 3,
    title: 'The release is on the target, and a data view does not know its fields yet',
    help: 'Run the same command again: it deploys nothing anew, and refreshes the data view.',
  },
  'downgrade-refused': {
    exit: 1,
    title: 'The target holds a later release of this family',
    help: 'Deploy a later one; to go back all the same: `mldr rollback`, or --allow-downgrade.',
  },
  'nothing-before': {
    exit: 1,
    title: 'There is no earlier release to go back to',
    help: 'Name the release that is wanted: `mldr deploy <release> --allow-downgrade`.',
  },
  'target-foreign': {
    exit: 1,
    title: 'Something else stands on the target under an id of the release',
    help: 'See whose it is. --overwrite saves it in the journal, and puts the one of the release in its place; --id-prefix puts the release beside it.',
  },
  'rule-conflict': {
    exit: 1,
    title: 'People changed on the target what the release changes too',
    help: 'Nothing was changed. Take their change into the release, or put it back there; --overwrite takes the side of the release, and saves the other one in the journal.',
  },
  'held-by-release': {
    exit: 1,
    title: 'A file is to be uploaded over what a release put there',
    help: 'Nothing was changed. Change it in the release, and deploy that; or take the release off first.',
  },
  'kibana-differs': {
    exit: 1,
    title: 'What was deployed stands in another Kibana',
    help: 'Nothing was changed. Name that one by --kibana-url or KIBANA_URL. If it is the same one under another address, --overwrite says so.',
  },
  'job-missing': {
    exit: 1,
    title: 'A rule rests on a job that is nowhere',
    help: 'Correct the name, or put the job there first: `mldr elastic upload-job`. --allow-missing-jobs takes the rule all the same.',
  },
  'target-used': {
    exit: 1,
    title: 'Something that is to be taken away is still in use',
    help: 'Take it out of what uses it first.',
  },
  'target-unchangeable': {
    exit: 1,
    title: 'An object of the target cannot be turned into the one of the release',
    help: 'Give the object of the release another id, or take away the one on the target.',
  },
  'target-changed': {
    exit: 1,
    title: 'The target changed since the plan was made',
    help: 'Run the command again to plan anew.',
  },
  'plan-invalid': {
    exit: 2,
    title: 'The file is no plan of a deployment',
    help: 'Make the plan anew with --dry-run --plan-out; its schema is schemas/deployment-plan.json.',
  },
  'target-differs': {
    exit: 2,
    title: 'The target keeps something else than was sent',
    help: 'Run the command again. If it happens again, something between here and the target changes bodies.',
  },
  'proof-failed': {
    exit: 1,
    title: 'The release does not do on the target what it should',
    help: 'Compare the release with the versions that it was made for.',
  },
  'objects-collide': {
    exit: 1,
    title: 'Two objects of the release have one id',
    help: 'Give one of them another id.',
  },
  'dependency-cycle': {
    exit: 1,
    title: 'Objects of the release need each other',
    help: 'Take one of the references out: there is no order in which they could be put on a target.',
  },
  'state-invalid': {
    exit: 2,
    title: 'The journal of the deployments cannot be used',
    help: 'See who changed it. Without it nothing is known to be ours, and nothing is taken away.',
  },
} as const;
