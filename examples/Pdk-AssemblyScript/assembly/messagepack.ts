// Reads and writes MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md): all of it, strictly.
//
//   const reader = new MessagePackReader(Input.bytes());
//   const count = reader.array();
//   const writer = new MessagePackWriter();
//   writer.array(count);
//   for (let i = 0; i < count && reader.succeeded; i++) writer.uint(2 * reader.uint(1000));
//   if (!reader.end()) return fail("the input: " + reader.error);
//   Output.bytes(writer.end());
//
// Any valid form is read and the shortest written. A length is checked before it is used, text is UTF-8, nothing nests
// deeper than MessagePackReader.MAX_DEPTH, and `end` refuses what follows the end.
//
// The first problem stays: what is read after it is 0 or empty, so it need be asked for only once, and in loops.

export { Extension } from "./messagepack/extension";
export { Kind } from "./messagepack/kind";
export { Problem, problemText } from "./messagepack/problem";
export { MessagePackReader } from "./messagepack/reader";
export { Timestamp } from "./messagepack/timestamp";
export { MessagePackWriter } from "./messagepack/writer";
