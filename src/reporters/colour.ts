import type { Severity } from '../domain/severity.ts';

/** The ways in which a piece of text can stand out. */
export type Tone = Severity | 'good' | 'dim' | 'bold';

/** Puts a text into a tone, or gives it back as it is where colours are off. */
export type Paint = (tone: Tone, text: string) => string;

// SGR parameters (ECMA-48, 8.3.117): on and off. Only the eight basic colours, which every theme keeps readable.
const codes: Readonly<Record<Tone, readonly [on: number, off: number]>> = {
  error: [31, 39],
  warning: [33, 39],
  note: [36, 39],
  good: [32, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** A painter for a terminal that takes colours, or for everything else. */
export function painter(colour: boolean): Paint {
  if (!colour) return (_tone, text) => text;
  return (tone, text) => {
    const [on, off] = codes[tone];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };
}
