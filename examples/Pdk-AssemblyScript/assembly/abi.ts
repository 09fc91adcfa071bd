// The guest ABI itself (plugins:abi/v1). Plugins use the modules beside this one.

// @ts-ignore: decorator
@external("plugins:abi/v1", "input_length")
export declare function inputLength(): i32;

// @ts-ignore: decorator
@external("plugins:abi/v1", "input_read")
export declare function inputRead(destination: usize, length: i32): i32;

// @ts-ignore: decorator
@external("plugins:abi/v1", "output_write")
export declare function outputWrite(source: usize, length: i32): void;

// @ts-ignore: decorator
@external("plugins:abi/v1", "error_write")
export declare function errorWrite(source: usize, length: i32): void;

// @ts-ignore: decorator
@external("plugins:abi/v1", "result_length")
export declare function resultLength(): i32;

// @ts-ignore: decorator
@external("plugins:abi/v1", "result_read")
export declare function resultRead(destination: usize, length: i32): i32;

// @ts-ignore: decorator
@external("plugins:abi/v1", "log")
export declare function logWrite(level: i32, source: usize, length: i32): void;
