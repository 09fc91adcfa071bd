// Counts the words, lines and characters of a text: {"words":2,"lines":1,"characters":11}.
//
// A character is a Unicode scalar value. A word is a run of characters without white space (Unicode's White_Space).
// A line ends with a line feed; the last one may lack it. The text is read in pieces, so it may have any length.
import { fail, Output, run, SUCCESS, TextReader } from "../assembly";

function isWhiteSpace(c: i32): bool {
  if (c < 0x85) return c == 0x20 || (c >= 0x09 && c <= 0x0d);
  if (c >= 0x2000 && c <= 0x200a) return true;
  if (c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f) return true;
  return c == 0x85 || c == 0xa0 || c == 0x1680 || c == 0x3000;
}

function count(): i32 {
  const text = TextReader.input();
  let words: i64 = 0, lines: i64 = 0, characters: i64 = 0;
  let inWord = false;
  let last: i32 = 0x0a;
  for (let c = text.next(); c != TextReader.END; c = text.next()) {
    if (c == TextReader.INVALID) return fail(text.error);
    const space = isWhiteSpace(c);
    if (!space && !inWord) words++;
    inWord = !space;
    if (c == 0x0a) lines++;
    characters++;
    last = c;
  }
  if (last != 0x0a) lines++;
  Output.text(`{"words":${words},"lines":${lines},"characters":${characters}}`);
  return SUCCESS;
}

export function word_count(): i32 {
  return run(count);
}
