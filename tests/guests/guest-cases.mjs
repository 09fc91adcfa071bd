// What the guests of this folder do, in abi-host.mjs. The .NET host's tests hold the same guests to its limits.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Instance, Refusal } from "./abi-host.mjs";

const capabilities = { "test.echo": request => request };
const bytes = (...values) => Uint8Array.from(values);
const i32 = value => [0, 8, 16, 24].map(shift => (value >> shift) & 255);
const sized = text => Buffer.from([...i32(Buffer.byteLength(text)), ...Buffer.from(text)]);
const end = 1; // a pointer that counts from the end of memory

// pointer base, pointer, length, whether the range lies in memory
const ranges = [
  [0, 0, 0, true], [0, 0, 65536, true], [0, 65535, 1, true], [end, 0, 0, true], [end, -4, 4, true],
  [end, 1, 0, false], [end, 0, 1, false], [end, -4, 5, false], [0, 0, 1 << 20, false], [0, -1, 0, false],
  [0, -1, 1, false], [0, 0, -1, false], [0, 16, -16, false], [0, -16, 16, false], [0, -16, 32, false],
  [0, -1, -1, false], [0, 0x7fffffff, 0x7fffffff, false], [0, -0x80000000, 0, false], [0, 0, -0x80000000, false],
];

const rangeFunctions = ["input_read", "output_write", "error_write", "result_read", "log"];

function checkRanges(load, check) {
  const outcome = ended => (/out of bounds/.test(ended.trap) ? "out of bounds" : ended.trap ?? "fine");
  const hostile = load("hostile"), capable = load("capabilities");
  for (const [from, pointer, length, inside] of ranges) {
    const expected = inside ? "fine" : "out of bounds";
    const range = [from, ...i32(pointer), ...i32(length)];
    const limits = { error: 1 << 20 };
    rangeFunctions.forEach((name, index) => {
      const ended = new Instance(hostile, { limits }).call("range", bytes(index, ...range));
      check(`range: ${name} (${from}, ${pointer}, ${length})`, outcome(ended), expected);
    });
    const ended = new Instance(capable, { capabilities }).call("range", bytes(...range));
    check(`range: capability (${from}, ${pointer}, ${length})`, outcome(ended), expected);
  }
}

const endless = {
  hostile: ["spin", "recurse_exponentially", "fill_without_end", "copy_without_end", "grow_without_end", "flood_log",
    "flood_log_empty", "flood_output_empty", "flood_input_read", "flood_input_length"],
  capabilities: ["flood_host_calls", "flood_host_bytes", "flood_random"],
  "initialize/spin": ["run"],
  "initialize/flood_log": ["run"],
};

// Whether a call is still running a while after it began. A process, as nothing less stops a V8 that fills memory.
async function runsOn(guest, name) {
  const path = fileURLToPath(new URL(`${guest}.wasm`, import.meta.url));
  const process = fork(new URL("run-one.mjs", import.meta.url), [path, name]);
  await once(process, "message");
  const timeout = AbortSignal.timeout(200);
  const message = await once(process, "message", { signal: timeout }).catch(() => ["runs on"]);
  process.kill("SIGKILL");
  return message[0];
}

async function checkEndless(check) {
  for (const [guest, names] of Object.entries(endless)) {
    for (const name of names) check(`${guest}: ${name}`, await runsOn(guest, name), "runs on");
  }
}

const logged = text => [{ level: "information", text }];
const failed = (code, error) => ({ code, output: "", error, logs: [] });
const succeeded = output => ({ code: 0, output, error: "", logs: [] });
const trapped = (trap, error = "") => ({ trap, output: "", error });

function summary({ code, trap, output, error, logs }) {
  const text = Buffer.from(output).toString("utf8");
  return trap === undefined ? { code, output: text, error, logs } : { trap, output: text, error };
}

const zeros = count => "\0".repeat(count);
const controls = "\x1b[31mred\x1b[0m\r\nfake: entry\x07\u202etxt";

const hostileCalls = {
  fail_with_text: failed(42, "it did not work: ärger"),
  fail_without_text: failed(-7, ""),
  fail_after_output: failed(1, "the other half is missing"),
  fail_with_invalid_text: failed(1, "a\ufffd\ufffd(\ufffd\ufffd\ufffdz\ufffd"),
  fail_with_controls: { ...failed(1, controls), logs: [{ level: "warning", text: controls }] },
  succeed_with_error_text: succeeded("fine"),
  trap_after_output: trapped("unreachable", "the last words"),
  trap_unreachable: trapped("unreachable"),
  trap_divide_by_zero: trapped("divide by zero"),
  trap_divide_overflow: trapped("divide result unrepresentable"),
  trap_load: trapped("memory access out of bounds"),
  trap_store: trapped("memory access out of bounds"),
  trap_call_null: trapped("null function or function signature mismatch"),
  trap_call_of_other_type: trapped("null function or function signature mismatch"),
  recurse: trapped("memory access out of bounds"),
  recurse_lean: trapped("Maximum call stack size exceeded"),
  flood_output: trapped("the output is over its limit of 16777216 bytes"),
  flood_error: trapped("the error text is over its limit of 4096 bytes", zeros(4096)),
  counter: succeeded("1"),
  read_after_end: succeeded(""),
  result_without_call: succeeded(""),
};

function checkHostile(load, check) {
  const module = load("hostile");
  for (const [name, expected] of Object.entries(hostileCalls)) {
    check(`hostile: ${name}`, summary(new Instance(module).call(name, bytes(1, 2, 3))), expected);
  }
  const much = new Instance(module).call("log_much");
  check("hostile: log_much", [much.logs.length + much.droppedLogs, much.droppedLogs > 0], [100000, true]);
  const levels = new Instance(module).call("log_every_level").logs.map(entry => entry.level[0]).join("");
  check("hostile: log_every_level", levels, "ttdiwecctc");
  const session = new Instance(module);
  const counts = [1, 2, 3].map(() => Buffer.from(session.call("counter").output).toString());
  check("hostile: counter in a session", counts, ["1", "2", "3"]);
}

function checkEcho(load, check) {
  const module = load("echo");
  for (const size of [0, 1, 64, 65535, 65536, 65537, 1 << 20]) {
    const input = Uint8Array.from({ length: size }, (_, index) => index * 31);
    for (const [name, piece] of [["echo"], ["echo", 777], ["echo_whole"]]) {
      const ended = new Instance(module).call(name, input, { piece });
      check(`echo: ${name} of ${size} in ${piece}`, Buffer.compare(ended.output, input), 0);
    }
  }
  check("echo: echo_whole of a stream", new Instance(module).call("echo_whole", bytes(1), { piece: 1 }).code, 1);
  check("echo: empty", summary(new Instance(module).call("empty", bytes(1))), succeeded(""));
}

// Exports of capabilities.wasm in turn on one instance: name, request, status, result
const absent = Buffer.from(i32(-1));
const conversation = [
  ["test_call", "hello", 0, "hello"],
  ["config_read", "name", 0, "Ada"],
  ["config_read", "toString", -4, ""],
  ["variables_read", "a", -4, ""],
  ["variables_write", Buffer.concat([sized("a"), Buffer.from("one")]), 0, ""],
  ["variables_read", "a", 0, "one"],
  ["variables_write", Buffer.from(i32(99)), -2, "the request is malformed"],
  ["variables_write", Buffer.from([1, 0, 0]), -2, "the request is malformed"],
  ["variables_compare_exchange", Buffer.concat([sized("a"), sized("one"), Buffer.from("two")]), 0, "\x01"],
  ["variables_compare_exchange", Buffer.concat([sized("a"), sized("one"), Buffer.from("x")]), 0, "\x00two"],
  ["variables_compare_exchange", Buffer.concat([sized("a"), absent, Buffer.from("x")]), 0, "\x00two"],
  ["variables_compare_exchange", Buffer.concat([sized("b"), sized(""), Buffer.from("x")]), 0, "\x00"],
  ["variables_compare_exchange", Buffer.concat([sized("b"), absent, Buffer.from("x")]), 0, "\x01"],
  ["variables_compare_exchange", Buffer.concat([sized("b"), Buffer.from([9])]), -2, "the request is malformed"],
  ["variables_delete", "a", 0, ""],
  ["variables_delete", "a", 0, ""],
  ["variables_read", "a", -4, ""],
  ["random_bytes", Buffer.from(i32(3)), 0, "\x01\x02\x03"],
  ["random_bytes", Buffer.from(i32(-1)), -3, ""],
  ["random_bytes", Buffer.from([1]), -2, "the request is malformed"],
];

function checkCapabilities(load, check) {
  const module = load("capabilities");
  const instance = new Instance(module, { capabilities, config: { name: "Ada" } });
  conversation.forEach(([name, request, status, result], index) => {
    const { output } = instance.call(name, Buffer.from(request));
    const actual = [Buffer.from(output).readInt32LE(0), output.toString("utf8", 4)];
    check(`capabilities: ${index} ${name}`, actual, [status, result]);
  });
  check("capabilities: clock_now", instance.call("clock_now").output.length, 12);
  check("capabilities: stale_result", summary(instance.call("stale_result")), succeeded(""));
  const denied = new Instance(module).call("test_call").output;
  check("capabilities: denied", Buffer.from(denied).readInt32LE(0), -1);
  const variables = new Map();
  const ended = new Instance(module, { variables }).call("write_then_fail");
  const actual = [summary(ended), `${variables.get("kept")}`];
  check("capabilities: write_then_fail", actual, [failed(1, "after writing"), "yes"]);
}

const exercised = "name=Ada\ncount=1\nswapped\npresent=2\nempty\nabsent\nclock=1750000000123456789\nrandom=1234";
const everyLevel = ["trace", "debug", "information", "warning", "error", "critical"];

function checkSdk(load, check, name, { large, panic }) {
  const module = load(name);
  const refuse = (status, message) => ({ "test.echo": () => { throw new Refusal(status, message); } });
  const instance = new Instance(module, { capabilities, config: { name: "Ada" } });
  for (const time of ["first", "second"]) {
    const { output, error, logs } = instance.call("exercise");
    const actual = [output.toString(), error, logs.map(entry => entry.level)];
    check(`${name}: exercise, ${time}`, actual, [exercised, "", everyLevel]);
  }
  const ask = options => summary(new Instance(module, options).call("ask", Buffer.from("hello")));
  check(`${name}: ask`, ask({ capabilities }), succeeded("hello"));
  check(`${name}: denied`, ask({}), failed(1, "test.echo is not permitted"));
  check(`${name}: failed`, ask({ capabilities: refuse("failed", "no echo") }), failed(1, "test.echo failed: no echo"));
  check(`${name}: too large`, ask({ capabilities: refuse("tooLarge") }), failed(1, "test.echo: too large"));
  check(`${name}: not found`, ask({ capabilities: refuse("notFound") }), failed(1, "test.echo: not found"));
  check(`${name}: another status`, ask({ capabilities: refuse(-99) }), failed(1, "test.echo failed"));
  check(`${name}: no config`, summary(new Instance(module).call("exercise")).code, 1);
  check(`${name}: write_large`, summary(new Instance(module).call("write_large")), large);
  const { trap, error } = new Instance(module).call("panic");
  check(`${name}: panic`, [trap, panic.test(error) ? "told" : error], ["unreachable", "told"]);
}

function checkSdks(load, check) {
  const tooLarge = failed(1, "variables.write: too large"), written = succeeded("");
  checkSdk(load, check, "pdk_c", { large: tooLarge, panic: /^this cannot be$/ });
  const place = /^panicked at tests\/guests\/pdk_rust_core.rs:\d+$/;
  checkSdk(load, check, "pdk_rust_core", { large: tooLarge, panic: place });
  checkSdk(load, check, "pdk_rust", { large: written, panic: /this cannot be.*tests\/guests\/pdk_rust.rs:\d+/s });
  checkSdk(load, check, "pdk_assemblyscript", { large: written, panic: /^this cannot be at tests\/exercise.ts:\d+$/ });

  const rust = new Instance(load("pdk_rust"), { capabilities });
  check("pdk_rust: sort_words", rust.call("sort_words", Buffer.from("b a c a")).output.toString(), "a b c");
  const stale = summary(new Instance(load("pdk_rust"), { capabilities }).call("read_stale"));
  check("pdk_rust: read_stale", stale, trapped("unreachable", "a reply was read after the next capability call"));
  const session = new Instance(load("pdk_assemblyscript"));
  const pages = [5, 50].map(calls => {
    for (let call = 0; call < calls; call++) session.call("litter");
    return session.memoryPages;
  });
  check("pdk_assemblyscript: a session collects its garbage", pages[1] <= pages[0], true);
}

function checkInitialize(load, check) {
  const run = (name, options) => {
    try {
      const instance = new Instance(load(`initialize/${name}`), options);
      return [1, 2].map(() => instance.call("run").output.toString()).join("|");
    } catch (error) {
      return error.message;
    }
  };
  check("initialize: counted", run("counted"), "101 0 |102 0 ");
  check("initialize: edges", run("edges"), "1 1 |2 1 ");
  check("initialize: configured", run("configured", { config: { name: "Ada" } }), "1 0 Ada|2 0 Ada");
  check("initialize: configured without", run("configured"), "unreachable");
  check("initialize: seeded", run("seeded"), `1 ${0x04030201} |2 ${0x04030201} `);
  check("initialize: trap", run("trap"), "unreachable");
  check("initialize: recurse", run("recurse"), "memory access out of bounds");
}

// Node refuses only what its WebAssembly itself refuses; a host has more to check.
const unlinked = ["unknown_abi_function", "other_abi_version", "mixed_abis", "unknown_module"];

function checkRefused(load, check) {
  for (const name of unlinked) {
    let refusal = "none";
    try {
      new Instance(load(`refused/${name}`));
    } catch (error) {
      refusal = error.constructor.name;
    }
    check(`refused: ${name}`, /^(LinkError|TypeError)$/.test(refusal), true);
  }
}

export async function guestCases({ load, check }) {
  checkRanges(load, check);
  checkHostile(load, check);
  checkEcho(load, check);
  checkCapabilities(load, check);
  checkSdks(load, check);
  checkInitialize(load, check);
  checkRefused(load, check);
  await checkEndless(check);
}
