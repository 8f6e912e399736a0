import { toolVersion } from '../../version.ts';

/** A configuration that changes nothing, with every table shown. */
export const configurationText = `# Settings of mldr; every key is described in docs/configuration.md. All of it is optional.
version = 1

# Where releases live. By default: in a workflow the releases of its repository, else the folder \`releases\`.
# store = "github:owner/repo"

# A check may weigh more or less, for a reason that every report prints, until a day:
# [[severity]]
# check = "model-hash-reused"
# severity = "note"
# reason = "the model of September is released again on purpose"
# until = "2027-01-31"

# [limits]
# entries = 2000

# A release that nobody is to use any more; the digest is that of its manifest, which \`mldr verify\` prints:
# [[yanked]]
# tag = "ML-DGA-20261122-2"
# digest = "sha256:…"
# reason = "it takes the domains of one provider for generated"
# replacement = "ML-DGA-20261124-3"

# A script of a pipeline, job or rule that somebody has read; \`mldr validate\` prints the sha256 of those that nobody has:
# [[script]]
# sha256 = "…"
# reason = "read by A. B.: it writes process_* only, and ends after 100 rounds"

# A cluster that releases are deployed to with \`--target staging\`; another release here is a promotion. Its key comes from
# the environment: ELASTIC_API_KEY_STAGING, or ELASTIC_API_KEY where a run is on this target alone.
# [targets.staging]
# elasticsearch-url = "https://staging.example.com:9243"
# kibana-url = "https://staging-kibana.example.com"
# release = "ML-DGA-20261122-2@sha256:…"

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

/** An exact tag of ours is an immutable release; Dependabot keeps it fresh, or exchanges it for its commit. */
const workflows = 'ml-detection-release/ml-detection-release/.github/workflows';
// The commit of a version is not known in the files that it is made of, so how to learn it is said beside the tag.
const version = `v${toolVersion} # its commit: git ls-remote https://github.com/ml-detection-release/ml-detection-release 'v${toolVersion}^{}'`;

/** Checks every bundle of a pull request; needs no secret. */
export const validateWorkflow = `name: Validate detections
on: pull_request
permissions: {}
jobs:
  validate:
    permissions:
      contents: read # to check out the pull request, and to read earlier releases
    uses: ${workflows}/validate.yml@${version}
`;

/** Publishes the bundle that a tag names. */
export const releaseWorkflow = `name: Release detections
on: { push: { tags: ['ML-*'] } }
permissions: {}
jobs:
  release:
    permissions:
      contents: write # to publish the release
      id-token: write # to sign the attestation
      attestations: write # to store the attestation
    uses: ${workflows}/release.yml@${version}
`;

/** Does all of a release, into a folder; started by hand. */
export const rehearseWorkflow = `name: Rehearse a release
on: { workflow_dispatch: { inputs: { bundle: { type: string, required: true } } } }
permissions: {}
jobs:
  rehearse:
    permissions:
      contents: read # to check out the commit
    uses: ${workflows}/rehearse.yml@${version}
    with:
      bundle: \${{ inputs.bundle }}
`;
