// What a value is.
export enum Kind {
  // There is none: the input is at its end, or something is wrong.
  None,
  Nil,
  Bool,
  // An integer that is not negative, in whatever form.
  Uint,
  // A negative integer.
  Int,
  Float,
  Str,
  Bin,
  Array,
  Map,
  // An extension other than a timestamp.
  Extension,
  // Extension type -1.
  Timestamp,
}
