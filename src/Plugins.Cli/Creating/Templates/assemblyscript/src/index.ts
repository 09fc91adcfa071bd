// Greets whomever the input names: "Ada" becomes "Hello, Ada!".
import { fail, Input, Output, run, SUCCESS } from "../plugins-pdk/assembly";

export function greet(): i32 {
  return run(() => {
    const name = Input.bytes();
    if (name.length > 256) return fail("the name is longer than 256 bytes");
    if (name.length == 0) return fail("whom shall I greet?");
    Output.text("Hello, ");
    Output.bytes(name);
    Output.text("!");
    return SUCCESS;
  });
}
