import { errorWrite } from "./abi";

let aborting = false;

function writeText(text: string): void {
  const bytes = String.UTF8.encode(text);
  errorWrite(changetype<usize>(bytes), bytes.byteLength);
}

// What `throw` and failed checks of the standard library come to: the message becomes the error text, and the call
// traps. asconfig.json names it (`"use": ["abort=assembly/abort/abort"]`).
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  // Out of memory, writing the text fails as well and comes here again.
  if (!aborting) {
    aborting = true;
    if (message !== null) writeText(message);
    if (file !== null) writeText(" at " + file + ":" + line.toString());
  }
  unreachable();
}
