const { writeFileSync } = require('node:fs');
const { join } = require('node:path');

const { STUB_ARTIFACTS: artifacts, 'INPUT_SUBJECT-NAME': name, 'INPUT_SUBJECT-DIGEST': digest } = process.env;
writeFileSync(join(artifacts, '..', 'attested'), `${name} ${digest}\n`);
