// What a runner of GitHub Actions takes for a command, and what moves or hides text on a terminal: C0 and C1 controls
// but the line break, and format characters (bidirectional overrides, zero-width, tags).
const command = /^\s*::|##\[/;
const raw = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The lines of an output that a runner would obey or a terminal would be led by; none are wanted. */
export function impureLines(output: string): string[] {
  return output.split('\n').filter((line) => command.test(line) || raw.test(line));
}

/** Lines that are workflow commands, with what stands behind the command's name. */
export function commandsIn(output: string): string[] {
  return output.split('\n').filter((line) => command.test(line));
}
