/** A configuration that changes nothing, with every table shown. */
export const configurationText = `# Settings of mldr; every key is described in docs/configuration.md. All of it is optional.
version = 1
store = "dir:releases"

# A check may weigh more or less, for a reason that every report prints, until a day:
# [[severity]]
# check = "model-hash-reused"
# severity = "note"
# reason = "the model of September is released again on purpose"
# until = "2027-01-31"

# [limits]
# entries = 2000

# A family of the team's own:
# [[kind]]
# id = "ml-process-behaviour"
# family = "ML-ProcessBehaviour"
# [[kind.role]]
# id = "model"
# pattern = "process_<id>_model.json"
# format = "elastic-model"
# count = "one"
# defines = [{ space = "model", id = "process_<id>" }]
`;

const checkout = `      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false
`;

/** Pin to the commit of a release before use; Dependabot keeps the pin fresh. */
const action = 'ml-detection-release/ml-detection-release@v0';

/** Checks every bundle of a pull request; needs no token and no secret. */
export const validateWorkflow = `name: Validate detections
on: pull_request
permissions: {}
jobs:
  validate:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read # to check out the pull request
    steps:
${checkout}      - uses: ${action}
`;

/** Rehearses a release into a folder of the runner, whenever a release tag is pushed. */
export const releaseWorkflow = `name: Release detections
on:
  push:
    tags: ['ML-*']
permissions: {}
jobs:
  release:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read # to check out the tagged commit
    steps:
${checkout}      - uses: ${action}
        with:
          command: release
          release: \${{ github.ref_name }}
          store: dir:releases
`;
