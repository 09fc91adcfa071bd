// What bench/real.sh measures of V8, as Plugins.Benchmarks/Real/RealRun.cs does it for the other engines:
//   node real.mjs program MEASURE MODULE EXPORT ARGUMENT REPETITIONS
//   node real.mjs cold|warm RECIPES NAME
//   node real.mjs work RECIPES NAME REPETITIONS
//   node real.mjs check RECIPES    whether each module is valid, and what its checks answer, as JSON
import { readFileSync } from "node:fs";

const settling = 1000;
const print = (measure, milliseconds, result = "-") =>
  console.log("v8", measure, (milliseconds * 1e6).toFixed(0), String(result));

// The processor time of the process, which other work on the machine changes less than time that passed.
function worked() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timed(run) {
  const start = performance.now(), before = worked();
  run();
  return { passed: performance.now() - start, worked: worked() - before };
}

function measure(name, run, repetitions) {
  const start = worked();
  let result = run();
  const first = worked() - start;
  while (worked() - start < settling) run();
  const times = Array.from({ length: repetitions }, () => {
    const before = worked();
    result = run();
    return worked() - before;
  });
  print(name, Math.min(...times), result);
  print(`${name}/first`, first, result);
}

// The types of imported memories, tables and globals cannot be asked for in Node 20, so they are read from the bytes.
function importTypes(bytes) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const name = () => {
    const length = number();
    at += length;
    return Buffer.from(bytes.subarray(at - length, at)).toString();
  };
  const limits = () => ({ flags: number(), initial: number() });
  const sized = () => {
    const { flags, initial } = limits();
    return flags & 1 ? { initial, maximum: number() } : { initial };
  };
  while (at < bytes.length) {
    const id = bytes[at++], end = number() + at;
    if (id !== 2) {
      at = end;
      continue;
    }
    return Array.from({ length: number() }, () => {
      const module = name(), field = name(), kind = bytes[at++];
      switch (kind) {
        case 0: return { module, field, kind, type: number() };
        case 1: return { module, field, kind, element: bytes[at++], ...sized() };
        case 2: return { module, field, kind, ...sized() };
        default: return { module, field, kind, value: bytes[at++], mutable: bytes[at++] === 1 };
      }
    });
  }
  return [];
}

const valueTypes = { 0x7f: "i32", 0x7e: "i64", 0x7d: "f32", 0x7c: "f64" };

function stub({ field, kind, element, value, mutable, initial, maximum }) {
  switch (kind) {
    case 0: return () => "0"; // becomes a number or a BigInt, whichever the function returns
    case 1: return new WebAssembly.Table({ initial, maximum, element: element === 0x70 ? "anyfunc" : "externref" });
    case 2: return new WebAssembly.Memory({ initial, maximum });
    default: {
      const type = valueTypes[value];
      const number = mutable ? 1 << 20 : field === "__table_base" ? 0 : 1024;
      return new WebAssembly.Global({ value: type, mutable }, type === "i64" ? 0n : type === "i32" ? number : 0);
    }
  }
}

function stubs(bytes) {
  const imports = {};
  for (const item of importTypes(bytes)) (imports[item.module] ??= {})[item.field] = stub(item);
  return imports;
}

class Guest {
  constructor(recipe, bytes) {
    this.recipe = recipe;
    this.values = {};
    const compile = timed(() => { this.module = new WebAssembly.Module(bytes); });
    this.imports = stubs(bytes);
    const instantiate = timed(() => { this.exports = new WebAssembly.Instance(this.module, this.imports).exports; });
    this.phases = { compile, instantiate };
  }

  get memory() {
    const [module, name] = this.recipe.memory.split(".");
    return name === undefined ? this.exports[module] : this.imports[module][name];
  }

  // A number, a BigInt's digits and "n", or the name of an earlier result behind "$".
  argument(value) {
    return typeof value === "number" ? value
      : value.startsWith("$") ? this.values[value.slice(1)]
      : BigInt(value.slice(0, -1));
  }

  place(content, at) {
    const bytes = Buffer.from(`${content}\0`);
    const address = at === undefined ? this.exports[this.recipe.allocate](bytes.length) : this.argument(at);
    new Uint8Array(this.memory.buffer).set(bytes, address >>> 0);
    return address;
  }

  step(step) {
    const result = "text" in step ? this.place(step.text, step.at)
      : "load" in step ? new DataView(this.memory.buffer).getInt32(this.argument(step.load), true)
      : "value" in step ? this.argument(step.value)
      : this.exports[step.call](...(step.args ?? []).map((value) => this.argument(value)));
    if (step.as) this.values[step.as] = result;
    return result;
  }

  run(steps) {
    for (const step of steps) this.step(step);
  }
}

function firstResult(recipe, bytes) {
  const guest = new Guest(recipe, bytes);
  const phases = { ...guest.phases, call: timed(() => guest.run(recipe.first)) };
  const sum = (kind) => Object.values(phases).reduce((sum, phase) => sum + phase[kind], 0);
  const times = Object.fromEntries(Object.entries(phases).map(([name, phase]) => [name, phase.worked]));
  return { ...times, total: sum("passed"), processor: sum("worked") };
}

function answer(recipe, bytes, { steps, result, kind }) {
  const guest = new Guest(recipe, bytes);
  guest.run(recipe.first);
  guest.run(steps);
  const value = guest.step(result);
  return kind === "i64" ? BigInt.asUintN(64, value).toString(16) : String(value);
}

const [command, ...rest] = process.argv.slice(2);
if (command === "check") {
  const answers = JSON.parse(readFileSync(rest[0], "utf8")).map((recipe) => {
    const bytes = readFileSync(recipe.file);
    const isValid = WebAssembly.validate(bytes);
    return { name: recipe.name, isValid, answers: isValid ? recipe.checks.map((c) => answer(recipe, bytes, c)) : [] };
  });
  console.log(JSON.stringify(answers));
} else if (command === "program") {
  const [name, path, run, argument, repetitions] = rest;
  const bytes = readFileSync(path);
  const module = new WebAssembly.Module(bytes);
  const { exports } = new WebAssembly.Instance(module, stubs(bytes));
  measure(name, () => exports[run](+argument), +repetitions);
} else {
  const recipe = JSON.parse(readFileSync(rest[0], "utf8")).find(({ name }) => name === rest[1]);
  const bytes = readFileSync(recipe.file);
  try {
    if (command === "cold") {
      const times = firstResult(recipe, bytes);
      for (const [name, time] of Object.entries(times)) print(`module/${recipe.name}/cold-${name}`, time);
      print(`module/${recipe.name}/peak`, process.resourceUsage().maxRSS * 1024 / 1e6);
    } else if (command === "warm") {
      const rounds = [0, 1, 2, 3, 4].map((round) => {
        const unseen = Buffer.concat([bytes, Buffer.from([0, 2, 1, round])]);
        const validate = timed(() => WebAssembly.validate(unseen)).worked;
        return { validate, ...firstResult(recipe, unseen) };
      });
      for (const name of Object.keys(rounds[0])) {
        print(`module/${recipe.name}/warm-${name}`, Math.min(...rounds.slice(1).map((round) => round[name])));
      }
    } else {
      for (const work of recipe.work) {
        const guest = new Guest(recipe, bytes);
        guest.run(recipe.first);
        guest.run(work.setup);
        measure(`work/${recipe.name}-${work.name}`, () => {
          guest.run(work.measure);
          return guest.step(work.result);
        }, +rest[2]);
      }
    }
  } catch (error) {
    console.log("v8", `module/${recipe.name}/failed`, 0, String(error).replaceAll("\n", " "));
  }
}
