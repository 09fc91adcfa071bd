// Repeats a text of at most 1,024 bytes in ASCII capitals: "hello" becomes "HELLO!".
import { fail, Input, Output, run, SUCCESS } from "../assembly";

export function shout(): i32 {
  return run(() => {
    const text = Input.bytes();
    if (text.length > 1024) return fail("the input is longer than 1024 bytes");
    if (text.length == 0) return fail("there is nothing to shout");
    for (let i = 0; i < text.length; i++) {
      if (text[i] >= 0x61 && text[i] <= 0x7a) text[i] -= 0x20;
    }
    Output.bytes(text);
    Output.text("!");
    return SUCCESS;
  });
}
