// What an exported function returns when it succeeded.
export const SUCCESS: i32 = 0;

let used = false;

// Runs the body of an exported function. In a session, where an instance serves many calls, it first frees what earlier
// ones left; a call in a fresh instance pays nothing for that.
export function run(body: () => i32): i32 {
  if (used) __collect();
  used = true;
  return body();
}
