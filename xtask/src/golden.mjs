// Sends every line of a file through the rules compiled to WebAssembly and prints an answer per line.
// Called by golden.rs as: node --input-type=module --eval … -- <wasm> <cases>
import { readFileSync } from "node:fs";

const [wasmPath, casesPath] = process.argv.slice(-2);
const module = await WebAssembly.compile(readFileSync(wasmPath));
const imports = WebAssembly.Module.imports(module);
if (imports.length > 0) {
  const names = imports.map(({ module, name }) => `${module}.${name}`).join(", ");
  throw new Error(`the rules reach outside themselves: ${names}`);
}
const { alloc, assess, memory } = (await WebAssembly.instantiate(module, {})).exports;

function answerTo(line) {
  const situation = new TextEncoder().encode(line);
  const start = alloc(situation.length) >>> 0;
  new Uint8Array(memory.buffer, start, situation.length).set(situation);
  // The high half is where the answer starts, the low half how long it is.
  const answer = BigInt.asUintN(64, assess(start, situation.length));
  const bytes = new Uint8Array(memory.buffer, Number(answer >> 32n), Number(answer & 0xffffffffn));
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

const microseconds = [];
const answers = [];
for (const line of readFileSync(casesPath, "utf8").split("\n")) {
  if (line === "") continue;
  const start = performance.now();
  answers.push(answerTo(line) + "\n");
  microseconds.push((performance.now() - start) * 1000);
}
process.stdout.write(answers.join(""));

microseconds.sort((a, b) => a - b);
const [median, slowest] = [0.5, 1].map((part) => microseconds[Math.ceil(part * microseconds.length) - 1]);
console.error(`      in Node: median ${median?.toFixed(0)} µs, slowest ${slowest?.toFixed(0)} µs per situation`);
