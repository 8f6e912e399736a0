/** Scripts that we have read: those of the bundles under `examples`, by the SHA-256 of their source. */
export const knownScripts: Readonly<Record<string, string>> = {
  '19048ec0ee2256a7448aca8f5cc36d11cf892b3fd228a0c9e0bd19121563e7ae':
    'dga_ngrams_create: writes the n-grams of the registered domain to dga_*, at most as many as its label has',
  '9bce31a5527229ee7d98e8beac929e13bb06b66de56aed5cd494a2e816de57e2':
    'dga_ngrams_transform_delete: removes dga_*, and reduces the prediction to its probability',
};
