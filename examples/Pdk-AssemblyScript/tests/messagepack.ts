// Reads one MessagePack value of any kind and writes it again in the shortest forms; tests/guests has the like for the
// other languages.
import { fail, Input, Output, run, SUCCESS } from "../assembly";
import { Kind, MessagePackReader, MessagePackWriter, Problem } from "../assembly/messagepack";

// Copies a value, or the beginning of an array or map; how many values follow in it.
function copy(reader: MessagePackReader, writer: MessagePackWriter): i32 {
  switch (reader.kind()) {
    case Kind.Nil:
      if (reader.nil()) writer.nil();
      return 0;
    case Kind.Bool:
      writer.bool(reader.bool());
      return 0;
    case Kind.Uint:
      writer.uint(reader.uint());
      return 0;
    case Kind.Int:
      writer.int(reader.int());
      return 0;
    case Kind.Float:
      writer.float(reader.float());
      return 0;
    case Kind.Str:
      writer.str(reader.str());
      return 0;
    case Kind.Bin:
      writer.bin(reader.bin());
      return 0;
    case Kind.Extension:
      writer.extension(reader.extension());
      return 0;
    case Kind.Timestamp:
      writer.timestamp(reader.timestamp());
      return 0;
    case Kind.Array: {
      const count = reader.array();
      writer.array(count);
      return count;
    }
    case Kind.Map: {
      const count = reader.map();
      writer.map(count);
      return count * 2;
    }
    default:
      return 0;
  }
}

export function transcode(): i32 {
  return run(() => {
    const reader = new MessagePackReader(Input.bytes());
    const writer = new MessagePackWriter();
    for (let owed = 1; owed > 0 && reader.succeeded; owed--) owed += copy(reader, writer);
    if (!reader.end()) return fail("the input: " + reader.error);
    Output.bytes(writer.end());
    return writer.problem == Problem.None ? SUCCESS : fail(writer.error);
  });
}

// Skips one value of any kind.
export function skip(): i32 {
  return run(() => {
    const reader = new MessagePackReader(Input.bytes());
    reader.skip();
    return reader.end() ? SUCCESS : fail("the input: " + reader.error);
  });
}
