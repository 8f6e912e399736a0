/** A script that we have read. */
interface KnownScript {
  /** What it does, for people. */
  readonly does: string;
  /** The part of the DGA pipelines whose behaviour we compute too. */
  readonly behaves?: 'dga-ngrams-create' | 'dga-ngrams-transform-delete';
}

/** Those of the bundles under `examples`, by the SHA-256 of their source: what they compute is known, and harmless. */
export const knownScripts: Readonly<Record<string, KnownScript>> = {
  '19048ec0ee2256a7448aca8f5cc36d11cf892b3fd228a0c9e0bd19121563e7ae': {
    does: 'dga_ngrams_create: writes the n-grams of the registered domain to dga_*, at most as many as its label has',
    behaves: 'dga-ngrams-create',
  },
  '9bce31a5527229ee7d98e8beac929e13bb06b66de56aed5cd494a2e816de57e2': {
    does: 'dga_ngrams_transform_delete: removes dga_*, and reduces the prediction to its probability',
    behaves: 'dga-ngrams-transform-delete',
  },
  '1cf5a9e31d00a09ea759f032e56d5e87f23c44d6b81e091483b0d45c1e2c96a5': {
    does: 'ml_problemchild_features_script: writes the length of the command line and whether there is a named parent to problemchild_*',
  },
  '09f00c8656800b199de2603bf993cdc21b2c091cd0bde9e464bc0efe9dc5d44b': {
    does: 'ml_urlspoof_features_script: counts hyphens and labels of url.domain into urlspoof_*',
  },
  '3fc48ab625501da2a8fcd7b356f1d1c45e7eb321a5c2b643d325b60181f8ef60': {
    does: 'ml_hostriskscore_init_script: an empty list for each shard',
  },
  '1128089b4d3e4396d0bd89f8c2c8d3fdc13f57be1bda311b6aad4546b3f8579a': {
    does: 'ml_hostriskscore_map_script: collects the risk score of each alert',
  },
  '6039928436dded6a848cf9a8da4362a782ee2a94c6df0c9b7452cbe22f30fd8c': {
    does: 'ml_hostriskscore_combine_script: hands the scores of a shard on',
  },
  '5f19ef51524049d3799ea8e867b3317c105a20c2ad31f59e5ef0b076ee78b57f': {
    does: 'ml_hostriskscore_reduce_script: a sum of the highest scores, each weighing less than the one before, as a number up to 100',
  },
  '0e185cb610b57f6082f5f12e61cf9c6b764d1a9a5691ad93695e95972b1ee731': {
    does: 'ml_hostriskscore_levels_script: writes the word for risk_score to risk_level',
  },
};
