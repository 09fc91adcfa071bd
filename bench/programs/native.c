// Runs one program natively, and prints the best processor time: native REPETITIONS SETTING MEASURE ARGUMENT.
// Built with -DRUN=run_json and the like.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double RUN(int);

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

int main(int count, char **arguments) {
    if (count != 5) {
        return 2;
    }
    int repetitions = atoi(arguments[1]), argument = atoi(arguments[4]);
    double best = 1e300, result = RUN(argument);
    for (int i = 0; i < repetitions; i++) {
        double start = now();
        result = RUN(argument);
        double time = now() - start;
        best = time < best ? time : best;
    }
    printf("%s %s %.0f %.17g\n", arguments[2], arguments[3], best, result);
}
