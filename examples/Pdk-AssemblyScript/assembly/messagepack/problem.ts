// What is wrong with what is read or written.
export enum Problem {
  None,
  // The input ends within a value, or has fewer than an array or map announces.
  Truncated,
  // The byte C1, which the specification never uses.
  Reserved,
  NotBool,
  NotInteger,
  NotNumber,
  NotStr,
  NotBin,
  NotArray,
  NotMap,
  NotExtension,
  // Also a timestamp of another length, or of a second of nanoseconds or more.
  NotTimestamp,
  OutOfRange,
  // A str that is not UTF-8, or a string with half a surrogate pair.
  NotText,
  TooDeep,
  // Bytes after the value that was to be the only one.
  Trailing,
  // An array or map was read or written with another count than it announces.
  Unbalanced,
}

export function problemText(problem: Problem): string {
  switch (problem) {
    case Problem.Truncated: return "the input ends too early";
    case Problem.Reserved: return "a byte without meaning";
    case Problem.NotBool: return "not a boolean";
    case Problem.NotInteger: return "not an integer";
    case Problem.NotNumber: return "not a number";
    case Problem.NotStr: return "not a string";
    case Problem.NotBin: return "not binary";
    case Problem.NotArray: return "not an array";
    case Problem.NotMap: return "not a map";
    case Problem.NotExtension: return "not an extension";
    case Problem.NotTimestamp: return "not a timestamp";
    case Problem.OutOfRange: return "a number out of range";
    case Problem.NotText: return "not UTF-8";
    case Problem.TooDeep: return "nested too deep";
    case Problem.Trailing: return "bytes after the end";
    case Problem.Unbalanced: return "more or fewer values than announced";
    default: return "no problem";
  }
}
