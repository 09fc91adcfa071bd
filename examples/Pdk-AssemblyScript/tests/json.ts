// Reads one JSON value of any kind and writes it again without spaces; json.mjs runs it.
import { fail, Input, Output, run, SUCCESS } from "../assembly";
import { JsonKind, JsonProblem, JsonReader, JsonWriter } from "../assembly/json";

// Copies a value that holds no others, or the beginning of one that does.
function copy(reader: JsonReader, writer: JsonWriter): bool {
  switch (reader.kind()) {
    case JsonKind.Null:
      if (reader.nil()) writer.nil();
      return false;
    case JsonKind.Bool:
      writer.bool(reader.bool());
      return false;
    case JsonKind.Number:
      writer.float(reader.float());
      return false;
    case JsonKind.String:
      writer.str(reader.str());
      return false;
    case JsonKind.Array:
      reader.array();
      writer.array();
      return true;
    case JsonKind.Object:
      reader.object();
      writer.object();
      return true;
    default:
      return false;
  }
}

function copyAll(reader: JsonReader, writer: JsonWriter): void {
  const objects: bool[] = [];
  for (let object = reader.kind() == JsonKind.Object; ; object = reader.kind() == JsonKind.Object) {
    if (copy(reader, writer)) objects.push(object);
    while (objects.length > 0 && !reader.next()) {
      if (!reader.succeeded) return;
      objects.pop();
      writer.close();
    }
    if (objects.length == 0 || !reader.succeeded) return;
    if (objects[objects.length - 1]) writer.key(reader.key());
  }
}

export function transcode(): i32 {
  return run(() => {
    const reader = new JsonReader(Input.bytes());
    const writer = new JsonWriter();
    copyAll(reader, writer);
    if (!reader.end()) return fail("the input: " + reader.error);
    Output.bytes(writer.end());
    return writer.problem == JsonProblem.None ? SUCCESS : fail(writer.error);
  });
}

// Skips one value of any kind.
export function skip(): i32 {
  return run(() => {
    const reader = new JsonReader(Input.bytes());
    reader.skip();
    return reader.end() ? SUCCESS : fail("the input: " + reader.error);
  });
}

// Reads an array of integers and writes them again.
export function integers(): i32 {
  return run(() => {
    const reader = new JsonReader(Input.bytes());
    const writer = new JsonWriter();
    reader.array();
    writer.array();
    while (reader.next()) writer.int(reader.int());
    writer.close();
    if (!reader.end()) return fail("the input: " + reader.error);
    Output.bytes(writer.end());
    return SUCCESS;
  });
}

// Writes in the wrong order, by the first byte of the input.
export function misuse(): i32 {
  return run(() => {
    const writer = new JsonWriter();
    const input = Input.bytes();
    switch (input[0]) {
      case 0x30: writer.object().int(1).close(); break;
      case 0x31: writer.array().key("a").int(1).close(); break;
      case 0x32: writer.int(1).int(2); break;
      case 0x33: writer.array(); break;
      case 0x34: writer.object().key("a").close(); break;
      case 0x35: writer.close(); break;
      case 0x36: writer.float(NaN); break;
      case 0x37: writer.str("\ud800"); break;
      case 0x38: for (let i = 0; i < 65; i++) writer.array(); break;
      default: break;
    }
    const written = writer.end();
    return written.length == 0 ? fail(writer.error) : SUCCESS;
  });
}

// What must not happen becomes an error text and a trap.
export function throws(): i32 {
  return run(() => {
    if (Input.length() >= 0) throw new Error("this cannot be");
    return SUCCESS;
  });
}
