// What a JSON value is.
export enum JsonKind {
  // There is none: the input is at its end, or something is wrong.
  None,
  Null,
  Bool,
  Number,
  String,
  Array,
  Object,
}
