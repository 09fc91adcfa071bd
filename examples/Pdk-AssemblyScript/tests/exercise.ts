// Uses everything in this SDK; tests/guests has the like for the other languages.
import {
  callText, clockNow, Config, fail, failHost, Input, Level, log, Output, randomBytes, run, Status, SUCCESS, Variables,
} from "../assembly";

// @ts-ignore: decorator
@external("plugins:host/v1", "test.echo")
declare function testEcho(source: usize, length: i32): i32;

const utf8 = (text: string): Uint8Array => Uint8Array.wrap(String.UTF8.encode(text));

function useVariables(lines: string[]): i32 {
  const created = Variables.compareExchange("count", null, utf8("1"));
  if (!created.succeeded || created.bytes[0] != 1) return failHost("variables.compare_exchange", created);
  const count = Variables.read("count");
  if (!count.succeeded) return failHost("variables.read", count);
  lines.push("count=" + count.text);
  if (Variables.compareExchange("count", utf8("1"), utf8("2")).bytes[0] == 1) lines.push("swapped");
  const refused = Variables.compareExchange("count", utf8("1"), utf8("3"));
  if (refused.bytes[0] == 0) lines.push("present=" + refused.text.substring(1));
  Variables.write("count", new Uint8Array(0));
  const empty = Variables.read("count");
  if (empty.succeeded && empty.bytes.length == 0) lines.push("empty");
  Variables.remove("count");
  if (Variables.read("count").status == Status.NotFound) lines.push("absent");
  return SUCCESS;
}

export function exercise(): i32 {
  return run(() => {
    const name = Config.read("name");
    if (!name.succeeded) return failHost("config.read", name);
    const lines = ["name=" + name.text];
    const code = useVariables(lines);
    if (code != SUCCESS) return code;
    const now = clockNow();
    if (!now.succeeded) return failHost("clock.now", now);
    lines.push("clock=" + load<i64>(now.bytes.dataStart).toString());
    const random = randomBytes(4);
    if (!random.succeeded) return failHost("random.bytes", random);
    let digits = "";
    for (let i = 0; i < random.bytes.length; i++) digits += random.bytes[i].toString();
    lines.push("random=" + digits);
    Output.text(lines.join("\n"));
    for (let level = Level.Trace; level <= Level.Critical; level++) log(level, "level");
    return SUCCESS;
  });
}

// Fails as the host function does.
export function ask(): i32 {
  return run(() => {
    const request = Input.text();
    if (request === null) return fail("the request is not text");
    const reply = callText(testEcho, request);
    if (!reply.succeeded) return failHost("test.echo", reply);
    Output.bytes(reply.bytes);
    return SUCCESS;
  });
}

export function write_large(): i32 {
  return run(() => {
    const reply = Variables.write("large", new Uint8Array(5000));
    return reply.succeeded ? SUCCESS : failHost("variables.write", reply);
  });
}

export function panic(): i32 {
  return run(() => {
    if (Input.length() >= 0) throw new Error("this cannot be");
    return SUCCESS;
  });
}

// Makes garbage; in a session the memory must not grow with the calls.
export function litter(): i32 {
  return run(() => {
    let text = "";
    for (let i = 0; i < 1000; i++) text += "litter";
    Output.text(text.length.toString());
    return SUCCESS;
  });
}
