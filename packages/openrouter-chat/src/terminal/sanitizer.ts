/** Changes a text that comes in pieces. What it gives for the pieces is what it would give for the whole. */
export interface TextFilter {
  /** Takes a piece, and gives what is certain by now. */
  readonly push: (piece: string) => string;
  /** There are no more pieces: gives what is left. */
  readonly end: () => string;
}

type State = 'text' | 'escape' | 'intermediate' | 'csi' | 'osc' | 'string';

const bell = 0x07;
const tab = 0x09;
const newline = 0x0a;
const cancel = 0x18;
const substitute = 0x1a;
const escape = 0x1b;

/** An unfinished sequence may swallow this many characters of an answer, and no more. */
const longestSequence = 65_536;
/** Stands for a sequence that was given up. */
const givenUp = '\u241b';

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const suspicious = /[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * Makes text of a model fit for a terminal: control characters and whole control sequences are dropped, wherever the pieces are cut, and so
 * are the bidirectional overrides with which a text can hide what it says. Newlines, tabs and everything printable stay.
 *
 * @returns the filter, which keeps its place between the pieces
 */
export function sanitizer(): TextFilter {
  let state: State = 'text';
  let swallowed = 0;
  const step = (unit: number): string => {
    const from = state;
    state = stateAfter(from, unit);
    if (from === 'text') {
      swallowed = 0;
      return isPrintable(unit) ? String.fromCharCode(unit) : '';
    }
    swallowed += 1;
    // What cannot be part of a sequence ends it and is text: a line break, or a letter outside ASCII.
    if (state === 'text' && isAlien(from, unit)) return isPrintable(unit) ? String.fromCharCode(unit) : '';
    if (state === 'text' || swallowed < longestSequence) return '';
    state = 'text';
    return givenUp;
  };
  return {
    push: (piece) => {
      if (state === 'text' && !suspicious.test(piece)) return piece;
      let kept = '';
      for (let index = 0; index < piece.length; index += 1) kept += step(piece.charCodeAt(index));
      return kept;
    },
    end: () => {
      state = 'text';
      return '';
    },
  };
}

/**
 * Makes a whole text fit for a terminal.
 *
 * @param text - what somebody else wrote
 * @returns the text without control characters and sequences
 */
export function sanitize(text: string): string {
  return sanitizer().push(text);
}

/** The states of a terminal's own parser, as far as they tell where a sequence ends. */
function stateAfter(state: State, unit: number): State {
  if (unit === escape) return 'escape';
  if (unit >= 0x80 && unit <= 0x9f) return introducedBy(unit - 0x40);
  if (unit === cancel || unit === substitute) return 'text';
  switch (state) {
    case 'escape':
      return isIntermediate(unit) ? 'intermediate' : introducedBy(unit);
    case 'intermediate':
      return isIntermediate(unit) ? 'intermediate' : 'text';
    case 'csi':
      return unit >= 0x20 && unit <= 0x3f ? 'csi' : 'text';
    case 'osc':
      return unit === bell ? 'text' : 'osc';
    default:
      return state;
  }
}

/** After ESC, or, forty hexadecimal places higher, alone. ST (`\`) leads back to the text like everything else that stands for itself. */
function introducedBy(unit: number): State {
  switch (String.fromCharCode(unit)) {
    case '[':
      return 'csi';
    case ']':
      return 'osc';
    case 'P':
    case 'X':
    case '^':
    case '_':
      return 'string';
    default:
      return 'text';
  }
}

function isIntermediate(unit: number): boolean {
  return unit >= 0x20 && unit <= 0x2f;
}

function isAlien(state: State, unit: number): boolean {
  return (state === 'escape' || state === 'intermediate' || state === 'csi') && (unit < 0x20 || unit > 0x9f);
}

function isPrintable(unit: number): boolean {
  if (unit < 0x20) return unit === newline || unit === tab;
  if (unit >= 0x7f && unit <= 0x9f) return false;
  const overridesDirection =
    unit === 0x200e || unit === 0x200f || (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069);
  return !overridesDirection;
}
