// Makes a built guest module small and the same on every machine: `node tidy-wasm.mjs module.wasm…`
//
// Of the custom sections only function names stay, as a trap's backtrace shows them; Rust's are written as in source.
// What compilers tell about themselves (`producers`, `target_features`) and debug information goes.
import { readFileSync, writeFileSync } from "node:fs";

const functionNames = 1;

function readNumber(bytes, at) {
  let value = 0, shift = 0;
  for (;;) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
    shift += 7;
  }
}

function number(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return Buffer.from([...bytes, value]);
}

const sized = (...parts) => {
  const content = Buffer.concat(parts);
  return Buffer.concat([number(content.length), content]);
};

function* sections(bytes, at) {
  while (at < bytes.length) {
    const id = bytes[at];
    const [size, start] = readNumber(bytes, at + 1);
    yield [id, bytes.subarray(start, start + size)];
    at = start + size;
  }
}

// _ZN11plugins_pdk5input4read17h508e20b250fb66cdE is plugins_pdk::input::read
function demangle(name) {
  const parts = [];
  let rest = /^_ZN(.*)E/.exec(name)?.[1];
  if (rest === undefined) return name;
  for (let match; (match = /^(\d+)/.exec(rest)); rest = rest.slice(match[0].length + Number(match[0]))) {
    parts.push(rest.slice(match[0].length, match[0].length + Number(match[0])));
  }
  const character = mark => (mark[0] === "u" ? String.fromCodePoint(parseInt(mark.slice(1), 16)) : undefined);
  const marks = { LT: "<", GT: ">", RF: "&", BP: "*", C: ",", LP: "(", RP: ")", SP: "@" };
  return parts.filter(part => !/^h[0-9a-f]{16}$/.test(part)).join("::")
    .replace(/(^|::)_\$/g, "$1$")
    .replace(/\$(u[0-9a-f]+|[A-Z]+)\$/g, (all, mark) => marks[mark] ?? character(mark) ?? all)
    .replace(/\.\./g, "::");
}

function tidyNames(content) {
  for (const [id, map] of sections(content, 0)) {
    if (id !== functionNames) continue;
    let [count, at] = readNumber(map, 0);
    const entries = [number(count)];
    for (; count > 0; count--) {
      const [index, afterIndex] = readNumber(map, at);
      const [length, start] = readNumber(map, afterIndex);
      const name = Buffer.from(demangle(map.toString("utf8", start, start + length)));
      entries.push(number(index), sized(name));
      at = start + length;
    }
    return Buffer.concat([Buffer.from([functionNames]), sized(...entries)]);
  }
  return Buffer.alloc(0);
}

function tidy(bytes) {
  const kept = [bytes.subarray(0, 8)];
  for (const [id, content] of sections(bytes, 8)) {
    const [length, start] = id === 0 ? readNumber(content, 0) : [0, 0];
    const name = content.toString("utf8", start, start + length);
    if (id !== 0) kept.push(Buffer.from([id]), sized(content));
    else if (name === "name") {
      const names = tidyNames(content.subarray(start + length));
      kept.push(Buffer.from([0]), sized(sized(Buffer.from("name")), names));
    }
  }
  return Buffer.concat(kept);
}

for (const path of process.argv.slice(2)) writeFileSync(path, tidy(readFileSync(path)));
