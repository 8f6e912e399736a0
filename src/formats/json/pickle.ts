// Protocols 2 to 5 begin with PROTO (0x80) and their number. Protocols 0 and 1 have no mark: a GLOBAL line pair, a
// marked dict, list or INST, or an empty container that is memoised, and STOP (`.`) at the end. None of these begins
// a JSON text, so that only the name of the defect rests on the guess.
const early =
  /^(?:c[A-Za-z_][\w.]{0,200}\n[A-Za-z_][\w.]{0,200}\n|\((?:[dl]p?\d{0,9}\n|i[A-Za-z_][\w.]{0,200}\n)|[\]}]q)/;

/** Whether bytes look like a Python pickle, a program that a loader runs. */
export function looksLikePickle(bytes: Buffer): boolean {
  if (bytes[0] === 0x80) return (bytes[1] ?? 0) >= 2 && (bytes[1] ?? 0) <= 5;
  return bytes.at(-1) === 0x2e && early.test(bytes.toString('latin1', 0, 500));
}
