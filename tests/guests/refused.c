// Modules that must be refused when they are loaded, a module for each reason.
#include "plugins.h"

#if defined(unknown_abi_function)
PLUGIN_ABI("input_seek") int32_t forbidden(void);
#define CALL forbidden()
#elif defined(wrong_abi_type)
PLUGIN_ABI("output_write") int64_t forbidden(int64_t pointer);
#define CALL (int32_t)forbidden(0)
#elif defined(unknown_capability)
PLUGIN_IMPORT("plugins:host/v1", "nobody.offers_this") plugin_status forbidden(const void *request, size_t length);
#define CALL forbidden("", 0)
#elif defined(malformed_capability_name)
PLUGIN_IMPORT("plugins:host/v1", "Not A Name") plugin_status forbidden(const void *request, size_t length);
#define CALL forbidden("", 0)
#elif defined(wrong_capability_type)
PLUGIN_IMPORT("plugins:host/v1", "clock.now") int64_t forbidden(void);
#define CALL (int32_t)forbidden()
#elif defined(other_abi_version)
PLUGIN_IMPORT("plugins:abi/v2", "input_length") int32_t forbidden(void);
#define CALL forbidden()
#elif defined(mixed_abis)
PLUGIN_IMPORT("extism:host/env", "input_length") int64_t forbidden(void);
#define CALL ((int32_t)forbidden() + plugin_input_length())
#elif defined(unknown_module)
PLUGIN_IMPORT("env", "abort") int32_t forbidden(void);
#define CALL forbidden()
#elif defined(wrong_initialize_type)
__attribute__((export_name("_initialize"))) int32_t initialize(int32_t argument) { return argument; }
#define CALL 0
#elif defined(wrong_function_type)
__attribute__((export_name("run"))) int64_t wrong(int64_t argument) { return argument; }
#elif defined(no_such_function)
// Its manifest lists `run`.
PLUGIN_EXPORT(walk) { return PLUGIN_OK; }
#endif

#ifdef CALL
PLUGIN_EXPORT(run) { return CALL; }
#endif
