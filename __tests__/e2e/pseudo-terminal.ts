import { spawnSync } from 'node:child_process';
import { cli, environment } from './mldr.ts';

// Runs a command on a terminal of its own, types when a text appears, and gives back what a person would have seen.
const program = `
import fcntl, json, os, pty, struct, sys, termios
request = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, request["columns"], 0, 0))
    os.chdir(request["cwd"])
    os.execve(request["words"][0], request["words"], request["env"])
seen, typed = b"", False
while True:
    try:
        chunk = os.read(terminal, 65536)
    except OSError:
        break
    if not chunk:
        break
    seen += chunk
    if not typed and request["when"].encode() in seen:
        typed = True
        os.write(terminal, request["type"].encode())
_, status = os.waitpid(pid, 0)
code = os.waitstatus_to_exitcode(status)
print(json.dumps({"code": code, "text": seen.decode("utf-8", "replace"), "typed": typed}))
`;

/** A run that a person sat before: its exit code (negative: a signal), and all that the terminal showed. */
export interface Seen {
  readonly code: number;
  readonly text: string;
  /** Whether the text that was waited for came. */
  readonly typed: boolean;
}

interface Sitting {
  readonly when: string;
  /** Typed once `when` has appeared. */
  readonly answer: string;
  readonly columns?: number;
  readonly env?: Record<string, string>;
}

/** Whether this machine has what makes a terminal: the suite itself needs Node and git alone. */
export const hasTerminals = spawnSync('python3', ['-c', 'import pty']).status === 0;

/** Runs the shipped command line at a terminal. */
export function atTerminal(
  cwd: string,
  words: readonly string[],
  { when, answer, columns = 120, env = {} }: Sitting,
): Seen {
  const request = {
    cwd,
    words: [process.execPath, cli, ...words],
    env: { ...environment(env), TERM: 'xterm' },
    when,
    type: answer,
    columns,
  };
  const { stdout, stderr } = spawnSync('python3', ['-c', program], {
    input: JSON.stringify(request),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  const seen: Seen = JSON.parse(stdout);
  return seen;
}
