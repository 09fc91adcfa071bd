// What docs/kit.md asks of a plugin, in AssemblyScript.
import {
  call, clockNow, Config, ErrorText, fail as failWith, failHost, fatal as end, Input, Level, log, Output,
  randomBytes, Reply, run, Status, SUCCESS, TextReader, Variables, Writer,
} from "../assembly";
import { Http, HttpRequest } from "../assembly/http";

// @ts-ignore: decorator
@external("plugins:host/v1", "test.echo")
declare function testEcho(source: usize, length: i32): i32;

const utf8 = (text: string): Uint8Array => Uint8Array.wrap(String.UTF8.encode(text));

function inputText(): string {
  const text = Input.text();
  return text === null ? "" : text;
}

// What a capability found under a key.
function tell(capability: string, reply: Reply): i32 {
  if (reply.status == Status.NotFound) {
    Output.text("absent");
    return SUCCESS;
  }
  if (!reply.succeeded) return failHost(capability, reply);
  Output.text("present:");
  Output.bytes(reply.bytes);
  return SUCCESS;
}

function done(capability: string, reply: Reply): i32 {
  return reply.succeeded ? SUCCESS : failHost(capability, reply);
}

export function echo(): i32 {
  return run(() => {
    const buffer = new Uint8Array(4096);
    for (let count = Input.read(buffer); count > 0; count = Input.read(buffer)) Output.bytes(buffer.subarray(0, count));
    return SUCCESS;
  });
}

export function input_length(): i32 {
  return run(() => {
    Output.text(Input.length() < 0 ? "unknown" : Input.length().toString());
    return SUCCESS;
  });
}

export function count_characters(): i32 {
  return run(() => {
    const text = TextReader.input();
    let count = 0;
    for (let c = text.next(); c != TextReader.END; c = text.next()) {
      if (c == TextReader.INVALID) return failWith(text.error);
      count++;
    }
    Output.text(count.toString());
    return SUCCESS;
  });
}

export function fail(): i32 {
  return run(() => {
    ErrorText.bytes(Input.bytes());
    return 1;
  });
}

export function fail_with_code(): i32 {
  return run(() => failWith("the answer", 42));
}

export function fail_after_output(): i32 {
  return run(() => {
    Output.text("half");
    return failWith("the other half is missing");
  });
}

export function fatal(): i32 {
  return run(() => {
    end("this cannot be");
    return SUCCESS;
  });
}

export function read_config(): i32 {
  return run(() => tell("config.read", Config.read(inputText())));
}

export function read_variable(): i32 {
  return run(() => tell("variables.read", Variables.read(inputText())));
}

export function write_variable(): i32 {
  return run(() => done("variables.write", Variables.write("key", Input.bytes())));
}

export function delete_variable(): i32 {
  return run(() => done("variables.delete", Variables.remove(inputText())));
}

export function increment(): i32 {
  return run(() => {
    let expected: Uint8Array | null = null;
    while (true) {
      const before: i64 = expected === null ? 0 : I64.parseInt(String.UTF8.decode(expected.slice().buffer));
      const next = (before + 1).toString();
      const reply = Variables.compareExchange("counter", expected, utf8(next));
      if (!reply.succeeded) return failHost("variables.compare_exchange", reply);
      if (reply.bytes[0] == 1) {
        Output.text(next);
        return SUCCESS;
      }
      expected = reply.bytes.slice(1);
    }
  });
}

export function ask(): i32 {
  return run(() => {
    const reply = call(testEcho, Input.bytes());
    if (!reply.succeeded) return failHost("test.echo", reply);
    Output.bytes(reply.bytes);
    return SUCCESS;
  });
}

export function fetch(): i32 {
  return run(() => {
    const request = new HttpRequest("POST", inputText()).header("Accept", "text/plain");
    request.body = utf8("order");
    const response = Http.send(request);
    if (!response.succeeded) return failHost("http.send", response.reply);
    const kind = response.find("X-Kind");
    Output.text(response.status.toString() + " " + (kind === null ? "-" : kind) + " ");
    Output.bytes(response.body);
    return SUCCESS;
  });
}

export function repeat(): i32 {
  return run(() => {
    const writer = new Writer();
    for (let left = I32.parseInt(inputText()); left > 0; left--) writer.byte(0x78);
    writer.flush();
    return SUCCESS;
  });
}

export function log_levels(): i32 {
  return run(() => {
    for (let level = Level.Trace; level <= Level.Critical; level++) log(level, "level é");
    return SUCCESS;
  });
}

function descend(depth: i32): i32 {
  return depth == 0 ? 0 : descend(depth - 1) + 1;
}

export function recurse(): i32 {
  return run(() => {
    Output.text(descend(I32.parseInt(inputText())).toString());
    return SUCCESS;
  });
}

export function now(): i32 {
  return run(() => {
    const reply = clockNow();
    if (!reply.succeeded) return failHost("clock.now", reply);
    Output.text(load<i64>(reply.bytes.dataStart).toString());
    return SUCCESS;
  });
}

export function random(): i32 {
  return run(() => {
    const reply = randomBytes(40);
    if (!reply.succeeded) return failHost("random.bytes", reply);
    Output.bytes(reply.bytes);
    return SUCCESS;
  });
}
