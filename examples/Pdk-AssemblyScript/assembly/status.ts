// How a capability ended.
export enum Status {
  Success = 0,
  // The permission was not granted, or does not cover this request.
  Denied = -1,
  // It failed; the reply is a message.
  Failed = -2,
  // The request or the result is over a limit.
  TooLarge = -3,
  // No such key or item.
  NotFound = -4,
}
