import type { Check } from './check.ts';
import { falsePositiveRateHigh } from './evaluation/false-positive-rate-high.ts';
import { labelRowInvalid } from './evaluation/label-row-invalid.ts';
import { recallLow } from './evaluation/recall-low.ts';
import { bundleEmpty } from './files/bundle-empty.ts';
import { devFolderPacked } from './files/dev-folder-packed.ts';
import { fileCaptureEmpty } from './files/file-capture-empty.ts';
import { fileCaptureMismatch } from './files/file-capture-mismatch.ts';
import { fileEmpty } from './files/file-empty.ts';
import { fileMissing } from './files/file-missing.ts';
import { fileRoleAmbiguous } from './files/file-role-ambiguous.ts';
import { fileRoleUnknown } from './files/file-role-unknown.ts';
import { fileSurplus } from './files/file-surplus.ts';
import { readmeMissing } from './files/readme-missing.ts';
import { goldenCoverageLow } from './golden/golden-coverage-low.ts';
import { goldenInputConstant } from './golden/golden-input-constant.ts';
import { goldenMismatch } from './golden/golden-mismatch.ts';
import { goldenModelMismatch } from './golden/golden-model-mismatch.ts';
import { goldenRowInvalid } from './golden/golden-row-invalid.ts';
import { modelNotEvaluable } from './golden/model-not-evaluable.ts';
import { definitionPublishedBefore } from './history/definition-published-before.ts';
import { historyIrregular } from './history/history-irregular.ts';
import { modelHashReused } from './history/model-hash-reused.ts';
import { modelNameReused } from './history/model-name-reused.ts';
import { releaseWithoutManifest } from './history/release-without-manifest.ts';
import { yankedReleaseUsed } from './history/yanked-release-used.ts';
import { releaseBadTag } from './names/release-bad-tag.ts';
import { releaseDateFuture } from './names/release-date-future.ts';
import { releaseDateRegression } from './names/release-date-regression.ts';
import { releaseNameMismatch } from './names/release-name-mismatch.ts';
import { releaseNumberGap } from './names/release-number-gap.ts';
import { releaseNumberTaken } from './names/release-number-taken.ts';
import { archiveAbsolutePath } from './reader/archive-absolute-path.ts';
import { archiveBomb } from './reader/archive-bomb.ts';
import { archiveCorrupt } from './reader/archive-corrupt.ts';
import { archiveEncrypted } from './reader/archive-encrypted.ts';
import { archiveHeaderMismatch } from './reader/archive-header-mismatch.ts';
import { archiveLinkEntry } from './reader/archive-link-entry.ts';
import { archiveMacosMetadata } from './reader/archive-macos-metadata.ts';
import { archiveNameCollision } from './reader/archive-name-collision.ts';
import { archiveNested } from './reader/archive-nested.ts';
import { archiveOverlap } from './reader/archive-overlap.ts';
import { archivePathTraversal } from './reader/archive-path-traversal.ts';
import { archiveSpecialFile } from './reader/archive-special-file.ts';
import { archiveTooManyEntries } from './reader/archive-too-many-entries.ts';
import { archiveTopFolder } from './reader/archive-top-folder.ts';
import { archiveUnsafeMode } from './reader/archive-unsafe-mode.ts';
import { archiveUnsafeName } from './reader/archive-unsafe-name.ts';
import { archiveUnsupportedMethod } from './reader/archive-unsupported-method.ts';
import { fileTooLarge } from './reader/file-too-large.ts';
import { jsonDuplicateKey } from './reader/json-duplicate-key.ts';
import { jsonEncoding } from './reader/json-encoding.ts';
import { jsonForbiddenKey } from './reader/json-forbidden-key.ts';
import { jsonNumberRange } from './reader/json-number-range.ts';
import { jsonSyntax } from './reader/json-syntax.ts';
import { jsonTooDeep } from './reader/json-too-deep.ts';
import { modelDefinitionUnreadable } from './reader/model-definition-unreadable.ts';
import { modelPickle } from './reader/model-pickle.ts';
import { textEncoding } from './reader/text-encoding.ts';
import { tomlForbiddenKey } from './reader/toml-forbidden-key.ts';
import { tomlSyntax } from './reader/toml-syntax.ts';
import { tomlTooDeep } from './reader/toml-too-deep.ts';
import { tomlTooLarge } from './reader/toml-too-large.ts';
import { definitionDuplicate } from './references/definition-duplicate.ts';
import { definitionUnused } from './references/definition-unused.ts';
import { modelIdMismatch } from './references/model-id-mismatch.ts';
import { pipelineNotCalled } from './references/pipeline-not-called.ts';
import { pipelineUnknownModel } from './references/pipeline-unknown-model.ts';
import { referenceUnresolved } from './references/reference-unresolved.ts';
import { ruleNoteWithoutJob } from './references/rule-note-without-job.ts';
import { enrichPolicyUnboundedIndices } from './safety/enrich-policy-unbounded-indices.ts';
import { mlJobMemoryLimit } from './safety/ml-job-memory-limit.ts';
import { mlJobUnboundedIndices } from './safety/ml-job-unbounded-indices.ts';
import { pipelineForbiddenProcessor } from './safety/pipeline-forbidden-processor.ts';
import { pipelineRouting } from './safety/pipeline-routing.ts';
import { pipelineScriptNotKnown } from './safety/pipeline-script-not-known.ts';
import { pipelineScriptParameterLarge } from './safety/pipeline-script-parameter-large.ts';
import { referenceIdUnsafe } from './safety/reference-id-unsafe.ts';
import { ruleAction } from './safety/rule-action.ts';
import { ruleBadName } from './safety/rule-bad-name.ts';
import { ruleEnabled } from './safety/rule-enabled.ts';
import { ruleForeignReference } from './safety/rule-foreign-reference.ts';
import { ruleIdUnsafe } from './safety/rule-id-unsafe.ts';
import { ruleMatchAll } from './safety/rule-match-all.ts';
import { ruleUnboundedIndices } from './safety/rule-unbounded-indices.ts';
import { savedObjectForbidden } from './safety/saved-object-forbidden.ts';
import { searchScriptNotKnown } from './safety/search-script-not-known.ts';
import { transformDestinationUnsafe } from './safety/transform-destination-unsafe.ts';
import { transformUnboundedIndices } from './safety/transform-unbounded-indices.ts';
import { configurationChanged } from './settings/configuration-changed.ts';
import { enrichPolicyMalformed } from './structure/enrich-policy-malformed.ts';
import { jobBodyIncomplete } from './structure/job-body-incomplete.ts';
import { jobFieldMissing } from './structure/job-field-missing.ts';
import { jobFieldType } from './structure/job-field-type.ts';
import { mlJobBadName } from './structure/ml-job-bad-name.ts';
import { mlJobBadType } from './structure/ml-job-bad-type.ts';
import { modelBodyRefused } from './structure/model-body-refused.ts';
import { modelFieldMissing } from './structure/model-field-missing.ts';
import { modelIdInvalid } from './structure/model-id-invalid.ts';
import { modelTagInvalid } from './structure/model-tag-invalid.ts';
import { modelTooLarge } from './structure/model-too-large.ts';
import { modelTypeUnsupported } from './structure/model-type-unsupported.ts';
import { pipelineMalformed } from './structure/pipeline-malformed.ts';
import { pipelineSimulate } from './structure/pipeline-simulate.ts';
import { ruleFieldMissing } from './structure/rule-field-missing.ts';
import { ruleFieldType } from './structure/rule-field-type.ts';
import { ruleIdInvalid } from './structure/rule-id-invalid.ts';
import { savedObjectMalformed } from './structure/saved-object-malformed.ts';
import { scriptMalformed } from './structure/script-malformed.ts';
import { testDocumentMalformed } from './structure/test-document-malformed.ts';
import { transformMalformed } from './structure/transform-malformed.ts';
import { treeChildOutOfRange } from './structure/tree-child-out-of-range.ts';
import { treeCycle } from './structure/tree-cycle.ts';
import { treeFeatureOutOfRange } from './structure/tree-feature-out-of-range.ts';
import { treeNodeIncomplete } from './structure/tree-node-incomplete.ts';
import { treeNumberNotFinite } from './structure/tree-number-not-finite.ts';
import { treeWeightsLength } from './structure/tree-weights-length.ts';

/** Every check: one line each. The order is that of the documentation. */
export const checks: readonly Check[] = [
  // reader
  archivePathTraversal,
  archiveAbsolutePath,
  archiveLinkEntry,
  archiveSpecialFile,
  archiveUnsafeMode,
  archiveNameCollision,
  archiveUnsafeName,
  archiveHeaderMismatch,
  archiveOverlap,
  archiveBomb,
  archiveNested,
  archiveTooManyEntries,
  archiveEncrypted,
  archiveUnsupportedMethod,
  archiveCorrupt,
  archiveMacosMetadata,
  archiveTopFolder,
  fileTooLarge,
  textEncoding,
  jsonSyntax,
  jsonTooDeep,
  jsonDuplicateKey,
  jsonForbiddenKey,
  jsonEncoding,
  jsonNumberRange,
  modelPickle,
  modelDefinitionUnreadable,
  tomlSyntax,
  tomlTooDeep,
  tomlTooLarge,
  tomlForbiddenKey,
  // names
  releaseBadTag,
  releaseDateFuture,
  releaseNameMismatch,
  releaseNumberTaken,
  releaseNumberGap,
  releaseDateRegression,
  // files
  bundleEmpty,
  fileRoleUnknown,
  fileRoleAmbiguous,
  fileMissing,
  fileSurplus,
  fileCaptureMismatch,
  fileCaptureEmpty,
  fileEmpty,
  readmeMissing,
  devFolderPacked,
  // structure
  mlJobBadName,
  mlJobBadType,
  jobFieldMissing,
  jobFieldType,
  jobBodyIncomplete,
  modelIdInvalid,
  modelTagInvalid,
  modelBodyRefused,
  modelFieldMissing,
  modelTooLarge,
  modelTypeUnsupported,
  treeChildOutOfRange,
  treeCycle,
  treeFeatureOutOfRange,
  treeNodeIncomplete,
  treeNumberNotFinite,
  treeWeightsLength,
  scriptMalformed,
  pipelineMalformed,
  testDocumentMalformed,
  pipelineSimulate,
  transformMalformed,
  enrichPolicyMalformed,
  savedObjectMalformed,
  ruleFieldMissing,
  ruleFieldType,
  ruleIdInvalid,
  // references
  referenceUnresolved,
  definitionDuplicate,
  definitionUnused,
  modelIdMismatch,
  pipelineUnknownModel,
  pipelineNotCalled,
  ruleNoteWithoutJob,
  // safety
  pipelineForbiddenProcessor,
  pipelineRouting,
  pipelineScriptNotKnown,
  pipelineScriptParameterLarge,
  searchScriptNotKnown,
  mlJobUnboundedIndices,
  mlJobMemoryLimit,
  transformUnboundedIndices,
  transformDestinationUnsafe,
  enrichPolicyUnboundedIndices,
  savedObjectForbidden,
  ruleMatchAll,
  ruleUnboundedIndices,
  ruleAction,
  ruleForeignReference,
  ruleEnabled,
  ruleBadName,
  ruleIdUnsafe,
  referenceIdUnsafe,
  // golden predictions
  modelNotEvaluable,
  goldenRowInvalid,
  goldenModelMismatch,
  goldenMismatch,
  goldenInputConstant,
  goldenCoverageLow,
  // labelled sets
  labelRowInvalid,
  falsePositiveRateHigh,
  recallLow,
  // history
  modelNameReused,
  modelHashReused,
  yankedReleaseUsed,
  releaseWithoutManifest,
  definitionPublishedBefore,
  historyIrregular,
  // settings
  configurationChanged,
];
