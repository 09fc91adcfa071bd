// Makes a slug for addresses and file names of a text: "Crème brûlée, it's good!" becomes "creme-brulee-its-good".
//
// ASCII letters (as lower case) and digits stay. Latin letters from U+00C0 to U+017F become their ASCII base letters.
// Apostrophes (U+0027, U+2019) and combining accents (U+0300 to U+036F) vanish. Each run of anything else between two
// kept characters becomes one hyphen. A text with nothing to keep has the empty slug.
import { fail, run, SUCCESS, TextReader, Writer } from "../assembly";

const HYPHEN: i32 = 0x2d;

// U+00C0 to U+017F. A capital stands for two letters (see PAIRS), a hyphen for a character that is no letter.
const FOLDED =
  "aaaaaaAceeeeiiiidnooooo-ouuuuyTSaaaaaaAceeeeiiiidnooooo-ouuuuyTy" +
  "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkklllllll" +
  "lllnnnnnnnNNooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

const PAIRS = "AaeIijNngOoeSssTth";

function vanishes(c: i32): bool {
  return c == 0x27 || c == 0x2019 || (c >= 0x300 && c <= 0x36f);
}

function fold(c: i32): i32 {
  if ((c >= 0x61 && c <= 0x7a) || (c >= 0x30 && c <= 0x39)) return c;
  if (c >= 0x41 && c <= 0x5a) return c + 32;
  return c >= 0xc0 && c <= 0x17f ? FOLDED.charCodeAt(c - 0xc0) : HYPHEN;
}

function writeLetters(writer: Writer, letter: i32): void {
  for (let i = 0; letter <= 0x5a && i < PAIRS.length; i += 3) {
    if (PAIRS.charCodeAt(i) != letter) continue;
    writer.byte(u8(PAIRS.charCodeAt(i + 1)));
    letter = PAIRS.charCodeAt(i + 2);
    break;
  }
  writer.byte(u8(letter));
}

function slug(): i32 {
  const text = TextReader.input();
  const writer = new Writer();
  let any = false, gap = false;
  for (let c = text.next(); c != TextReader.END; c = text.next()) {
    if (c == TextReader.INVALID) return fail(text.error);
    if (vanishes(c)) continue;
    const letter = fold(c);
    if (letter == HYPHEN) {
      gap = any;
      continue;
    }
    if (gap) writer.byte(u8(HYPHEN));
    gap = false;
    any = true;
    writeLetters(writer, letter);
  }
  writer.flush();
  return SUCCESS;
}

export function slugify(): i32 {
  return run(slug);
}
