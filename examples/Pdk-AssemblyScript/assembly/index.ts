// Write plugins for the Plugins SDK in AssemblyScript.
//
//   import { fail, Input, Output, run, SUCCESS } from "plugins-pdk/assembly";
//
//   export function shout(): i32 {
//     return run(() => {
//       const text = Input.text();
//       if (text === null) return fail("the input is not UTF-8");
//       Output.text(text.toUpperCase() + "!");
//       return SUCCESS;
//     });
//   }
//
// A module imports only what it uses, so what it may do can be read off its imports.

export { abort } from "./abort";
export { clockNow } from "./clock";
export { Config } from "./config";
export { fail, failHost, fatal, ErrorText } from "./error";
export { call, callText, Capability, Reply } from "./host";
export { Input } from "./input";
export { Level, log } from "./log";
export { Output, Writer } from "./output";
export { randomBytes } from "./random";
export { run, SUCCESS } from "./run";
export { Status } from "./status";
export { TextReader } from "./text";
export { Variables } from "./variables";
