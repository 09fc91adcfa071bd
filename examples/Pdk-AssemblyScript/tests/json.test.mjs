// Holds the JSON helpers to node's own JSON, and to what the SDK promises beyond it: `npm test`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Instance } from "../../../tests/guests/abi-host.mjs";

const module = new WebAssembly.Module(readFileSync(new URL("json.wasm", import.meta.url)));

function call(name, input) {
  const { code, output, error, trap } = new Instance(module).call(name, Buffer.from(input));
  if (trap !== undefined) return `trap: ${error}`;
  return code === 0 ? Buffer.from(output).toString() : error;
}

// Alike in every run.
let seed = 1;
const random = () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 2 ** 32;

const outcome = (name, input) => call(name, input).replace(/^the input: /, "");

const valid = [
  "null", "true", "false", "0", "-0", "7", "-12", "1.5", "1e3", "1E+3", "1e-3", "123456789012345680000",
  "[]", "{}", "[[]]",
  '""', '"a"', '"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\u0041\\u00e9\\u20ac\\ud83d\\ude00"', '"é€😀"',
  '"\\u0000\\u001f"', '"/"',
  " [ 1 , 2 ] ", '\t{\n"a" : { "b" : [ null ] } , "" : 0 }\r\n', "[[1,[2]],{},[]]", '[{"a":[{"b":[]}]}]',
  "[".repeat(64) + "]".repeat(64),
];

const invalid = {
  "": "the input ends too early at byte 0", " ": "the input ends too early at byte 1",
  "nul": "the input ends too early at byte 0", "nulL": "not JSON at byte 0",
  "tru": "the input ends too early at byte 0",
  "falsy": "not JSON at byte 0", "undefined": "not JSON at byte 0", "NaN": "not JSON at byte 0",
  "+1": "not JSON at byte 0",
  "01": "not JSON at byte 1", "-": "the input ends too early at byte 1", "-a": "not JSON at byte 1",
  "1.": "the input ends too early at byte 2", ".5": "not JSON at byte 0", "1.e1": "not JSON at byte 2",
  "1e": "the input ends too early at byte 2", "1e+": "the input ends too early at byte 3",
  "0x1": "bytes after the end at byte 1",
  "1 2": "bytes after the end at byte 2", "[]]": "bytes after the end at byte 2",
  "1e999": "a number out of range at byte 0",
  "[1,]": "not JSON at byte 3", "[,1]": "not JSON at byte 1", "[1 2]": "not JSON at byte 3",
  "[1": "the input ends too early at byte 2",
  "[": "the input ends too early at byte 1", "]": "not JSON at byte 0", "[}": "not JSON at byte 1",
  "{]": "not JSON at byte 1",
  '{"a"}': "not JSON at byte 4", '{"a":}': "not JSON at byte 5", '{"a":1,}': "not JSON at byte 7",
  '{"a" 1}': "not JSON at byte 5",
  "{a:1}": "not JSON at byte 1", "{1:1}": "not a string at byte 1", '{"a":1 "b":2}': "not JSON at byte 7",
  "'a'": "not JSON at byte 0",
  '"': "the input ends too early at byte 1", '"a': "the input ends too early at byte 2",
  '"\\': "the input ends too early at byte 1",
  '"\\x"': "not JSON at byte 1", '"\\u12"': "not JSON at byte 1", '"\\u12g4"': "not JSON at byte 1",
  '"\n"': "not JSON at byte 1",
  '"\\ud800"': "not UTF-8 at byte 1", '"\\udc00"': "not UTF-8 at byte 1", '"\\ud800\\u0041"': "not UTF-8 at byte 1",
  "/*a*/1": "not JSON at byte 0", "\ufeff1": "not JSON at byte 0",
};
invalid["[".repeat(65)] = "nested too deep at byte 64";

test("what is valid is read and written again", () => {
  for (const text of valid) {
    assert.deepEqual(JSON.parse(outcome("transcode", text)), JSON.parse(text), text);
    assert.equal(outcome("skip", text), "", text);
  }
});

test("strings are written as JSON.stringify writes them", () => {
  for (const text of ["", "a\"b\\c/", "\b\f\n\r\t", "é€😀\u0000", "\u007f\u0080\u07ff\u0800\uffff"]) {
    const expected = JSON.stringify(text).replace("\\b", "\\u0008").replace("\\f", "\\u000c");
    assert.equal(outcome("transcode", JSON.stringify(text)), expected);
  }
});

test("what is not JSON is refused, at its byte", () => {
  for (const [text, error] of Object.entries(invalid)) {
    assert.equal(outcome("transcode", text), error, text);
    if (text !== "1e999") assert.equal(outcome("skip", text), error, text);
  }
  assert.equal(outcome("transcode", Buffer.from([0x22, 0x61, 0xc3, 0x22])), "not UTF-8 at byte 2");
  assert.equal(outcome("skip", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])), "not UTF-8 at byte 1");
});

test("integers have limits, and no fraction", () => {
  const limits = "[0,-1,9223372036854775807,-9223372036854775808]";
  assert.equal(outcome("integers", limits), limits);
  for (const text of ["9223372036854775808", "-9223372036854775809", "99999999999999999999"]) {
    assert.equal(outcome("integers", `[${text}]`), "a number out of range at byte 1");
  }
  for (const text of ["1.0", "1e2", '"1"']) assert.equal(outcome("integers",
  `[${text}]`), "not an integer at byte 1");
});

test("a writer that is used in the wrong order says so", () => {
  const unbalanced = "an array or object without its end";
  const expected = [...Array(6).fill(unbalanced), "a number out of range", "not UTF-8", "nested too deep"];
  expected.forEach((error, index) => assert.equal(call("misuse", String(index)), error, String(index)));
});

test("numbers come back as the doubles that they were", () => {
  for (let i = 0; i < 2000; i++) {
    const value = (random() - 0.5) * 10 ** Math.floor(random() * 30 - 15);
    const back = JSON.parse(outcome("transcode", JSON.stringify(value)));
    assert.ok(Math.abs(back - value) <= Math.abs(value) * 2 ** -51, `${value} came back as ${back}`);
  }
});

test("damaged documents end as in JSON.parse, and never with a trap", () => {
  const document = Buffer.from('{"a":[1,-2.5e3,true,null,"x\\u00e9\\ud83d\\ude00é"],"b":{"c":{}}}');
  for (let i = 0; i < 5000; i++) {
    const damaged = Buffer.from(document);
    damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
    const accepted = call("skip", damaged) === "";
    assert.equal(accepted, isJson(damaged), damaged.toString("hex"));
    assert.ok(!call("transcode", damaged).startsWith("trap"), damaged.toString("hex"));
  }
});

test("time grows with the length and not with its square", () => {
  const seconds = length => {
    const text = `"${"\\n".repeat(length)}"`;
    const start = performance.now();
    call("transcode", text);
    return performance.now() - start;
  };
  seconds(200_000);
  assert.ok(seconds(800_000) < 40 * (seconds(100_000) + 1));
});

test("throw becomes an error text and a trap", () => {
  assert.match(call("throws", ""), /^trap: this cannot be at tests\/json\.ts:\d+$/);
});

// As JSON.parse, but half of a surrogate pair is not text.
function isJson(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return JSON.stringify(JSON.parse(text)).match(/\\ud[89a-f]/) === null;
  } catch {
    return false;
  }
}
