// What is wrong with the JSON that is read or written.
export enum JsonProblem {
  None,
  // The input ends within a value.
  Truncated,
  // What stands there is not JSON.
  Syntax,
  NotNull,
  NotBool,
  NotInteger,
  NotNumber,
  NotString,
  NotArray,
  NotObject,
  OutOfRange,
  // A string that is not UTF-8, or with half a surrogate pair.
  NotText,
  TooDeep,
  // More than the one value.
  Trailing,
  // An array or object was not read, or written, to its end; or a key or value was written where none belongs.
  Unbalanced,
}

export function jsonProblemText(problem: JsonProblem): string {
  switch (problem) {
    case JsonProblem.Truncated: return "the input ends too early";
    case JsonProblem.Syntax: return "not JSON";
    case JsonProblem.NotNull: return "not null";
    case JsonProblem.NotBool: return "not a boolean";
    case JsonProblem.NotInteger: return "not an integer";
    case JsonProblem.NotNumber: return "not a number";
    case JsonProblem.NotString: return "not a string";
    case JsonProblem.NotArray: return "not an array";
    case JsonProblem.NotObject: return "not an object";
    case JsonProblem.OutOfRange: return "a number out of range";
    case JsonProblem.NotText: return "not UTF-8";
    case JsonProblem.TooDeep: return "nested too deep";
    case JsonProblem.Trailing: return "bytes after the end";
    case JsonProblem.Unbalanced: return "an array or object without its end";
    default: return "no problem";
  }
}
