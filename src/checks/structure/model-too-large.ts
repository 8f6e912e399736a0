import { defineCheck } from '../check.ts';
import { filesOf } from '../files-of.ts';

const mib = 1024 * 1024;

/** One request carries the whole model; above this size a stack answers 413 (elastic.md §7.1). */
export const modelTooLarge = defineCheck({
  id: 'model-too-large',
  severity: 'warning',
  title: 'A model is larger than a stack takes by default',
  help: 'Raise `http.max_content_length` where it is deployed, write it compressed, or train fewer or smaller trees.',
  *run({ bundle, limits }) {
    const roles = bundle.kind?.roles.filter(({ format }) => format === 'elastic-model') ?? [];
    for (const { path, size } of roles.flatMap((role) => filesOf(bundle, role))) {
      if (size <= limits.modelBytes) continue;
      const taken = `${limits.modelBytes} bytes (${(limits.modelBytes / mib).toFixed(1)} MiB)`;
      yield {
        message: `\`${path}\` has ${size} bytes (${(size / mib).toFixed(1)} MiB); a request may have ${taken}.`,
        at: { file: path },
      };
    }
  },
});
