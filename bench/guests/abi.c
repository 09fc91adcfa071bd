// What calls through the host cost. BUFFER is the size of the echo's buffer, which decides how many pages there are.
#define ABI(name) __attribute__((import_module("plugins:abi/v1"), import_name(name)))
#define EXPORT(name) __attribute__((export_name(#name)))

ABI("input_length") int input_length(void);
ABI("input_read") int input_read(void *destination, int length);
ABI("output_write") void output_write(const void *source, int length);

static unsigned char buffer[BUFFER];

EXPORT(empty) int empty(void) { return 0; }

EXPORT(echo) int echo(void) {
    for (int n; (n = input_read(buffer, sizeof buffer)) > 0;) output_write(buffer, n);
    return 0;
}

// Writes to three pages of the system's, far from each other.
EXPORT(touch) int touch(void) {
    for (int i = 0; i < 3; i++) ((volatile unsigned char *)buffer)[i * (BUFFER / 3)]++;
    return 0;
}

EXPORT(spin) int spin(void) {
    for (volatile int i = 0;; i++) { }
}

#ifdef CAPABILITY
__attribute__((import_module("plugins:host/v1"), import_name("bench.nothing"))) int bench_nothing(const void *, int);

// As many times as the first four bytes of the input say.
EXPORT(ask) int ask(void) {
    int count = 0;
    input_read(&count, sizeof count);
    for (int i = 0; i < count; i++) {
        if (bench_nothing(buffer, 0) != 0) return 1;
    }
    return 0;
}
#endif
