// Reads and writes JSON as RFC 8259 has it, strictly, in order and without building a tree.
//
//   const reader = new JsonReader(Input.bytes());
//   const writer = new JsonWriter();
//   reader.array();
//   writer.array();
//   while (reader.next()) writer.int(2 * reader.int(0, 1000));
//   writer.close();
//   if (!reader.end()) return fail("the input: " + reader.error);
//   Output.bytes(writer.end());
//
// The first problem stays: what is read after it is 0 or empty, so it need be asked for only once, and in loops.

export { JsonKind } from "./json/kind";
export { JsonProblem, jsonProblemText } from "./json/problem";
export { JsonReader } from "./json/reader";
export { JsonWriter } from "./json/writer";
