// Calls the functions of WASI preview 1 one after the other, and tells what each gives: to be held against what another
// host gives. Flags and numbers that are not known are left out: Wasmtime ends the guest there. For Debian's wasi-libc.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

static __wasi_fd_t root = 3;

static void tell(const char *what, int error, const char *form, ...) {
    printf("%s: %d", what, error);
    if (error == 0 && form) {
        va_list values;
        va_start(values, form);
        putchar(' ');
        vprintf(form, values);
        va_end(values);
    }
    putchar('\n');
}

#define TELL(call) tell(#call, call, 0)

static __wasi_fd_t opened(const char *path, __wasi_lookupflags_t lookup, __wasi_oflags_t flags, __wasi_rights_t rights,
                          __wasi_fdflags_t fd_flags) {
    __wasi_fd_t fd = 0;
    int error = __wasi_path_open(root, lookup, path, flags, rights, 0, fd_flags, &fd);
    printf("open %s %d %d %llx %d: %d fd %u\n", path, lookup, flags, (unsigned long long)rights, fd_flags, error,
           error ? 0 : fd);
    return error ? (__wasi_fd_t)-1 : fd;
}

static void stat_of(const char *path, int follow) {
    __wasi_filestat_t stat;
    int error = __wasi_path_filestat_get(root, follow, path, &stat);
    tell(path, error, "type %d links %llu size %llu", stat.filetype, (unsigned long long)stat.nlink,
         stat.filetype == __WASI_FILETYPE_REGULAR_FILE ? (unsigned long long)stat.size : 0);
}

static void fdstat_of(__wasi_fd_t fd) {
    __wasi_fdstat_t stat;
    int error = __wasi_fd_fdstat_get(fd, &stat);
    tell("fdstat", error, "fd %u type %d flags %d rights %llx %llx", fd, stat.fs_filetype, stat.fs_flags,
         (unsigned long long)stat.fs_rights_base, (unsigned long long)stat.fs_rights_inheriting);
}

static void write_to(__wasi_fd_t fd, const char *text) {
    __wasi_ciovec_t parts[] = {{(const uint8_t *)"", 0}, {(const uint8_t *)text, strlen(text)}, {(const uint8_t *)"!", 1}};
    __wasi_size_t count = 0;
    tell("write", __wasi_fd_write(fd, parts, 3, &count), "%zu", count);
}

static void read_from(__wasi_fd_t fd, int at, __wasi_filesize_t offset) {
    uint8_t bytes[32] = {0};
    __wasi_iovec_t parts[] = {{bytes, 0}, {bytes, 5}, {bytes + 5, 20}};
    __wasi_size_t count = 0;
    int error = at ? __wasi_fd_pread(fd, parts, 3, offset, &count) : __wasi_fd_read(fd, parts, 3, &count);
    tell(at ? "pread" : "read", error, "%zu '%.*s'", count, (int)count, bytes);
}

static void seek(__wasi_fd_t fd, __wasi_filedelta_t delta, __wasi_whence_t whence) {
    __wasi_filesize_t position = 0;
    tell("seek", __wasi_fd_seek(fd, delta, whence, &position), "%llu", (unsigned long long)position);
    tell("tell", __wasi_fd_tell(fd, &position), "%llu", (unsigned long long)position);
}

static void link_text(const char *path, __wasi_size_t room) {
    uint8_t bytes[64] = {0};
    __wasi_size_t count = 0;
    tell(path, __wasi_path_readlink(root, path, bytes, room, &count), "%zu '%s'", count, bytes);
}

static int by_name(const void *left, const void *right) { return strcmp(*(char *const *)left, *(char *const *)right); }

static void list(__wasi_fd_t fd) {
    uint8_t buffer[4096];
    char *names[64];
    int count = 0;
    __wasi_size_t used = 0;
    int error = __wasi_fd_readdir(fd, buffer, sizeof buffer, 0, &used);
    for (__wasi_size_t at = 0; error == 0 && at + 24 <= used;) {
        __wasi_dirent_t entry;
        memcpy(&entry, buffer + at, sizeof entry);
        char line[128];
        snprintf(line, sizeof line, "%.*s type %d", (int)entry.d_namlen, (char *)buffer + at + 24, entry.d_type);
        names[count++] = strdup(line);
        at += 24 + entry.d_namlen;
    }
    qsort(names, count, sizeof *names, by_name);
    tell("readdir", error, "%d", count);
    for (int index = 0; index < count; index++) {
        printf("  %s\n", names[index]);
    }
}

static void paths(void) {
    TELL(__wasi_path_create_directory(root, "dir"));
    TELL(__wasi_path_create_directory(root, "dir"));
    TELL(__wasi_path_create_directory(root, "dir/nested/"));
    TELL(__wasi_path_create_directory(root, "missing/nested"));
    TELL(__wasi_path_create_directory(root, "."));
    TELL(__wasi_path_create_directory(root, ".."));
    TELL(__wasi_path_create_directory(root, "/absolute"));
    TELL(__wasi_path_create_directory(root, ""));
    const char *names[] = {"dir/nested", "dir/nested/", "dir/.//nested/../../dir", "..", "dir/../..", "/dir", "", "missing",
                           "missing/", "dir/missing/..", ".", "./", "dir/nested/file", "dir/nested/file/"};
    for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
        opened(names[index], 0, 0, 0, 0);
        opened(names[index], 1, 0, __WASI_RIGHTS_FD_READ, 0);
        opened(names[index], 0, __WASI_OFLAGS_DIRECTORY, 0, 0);
        stat_of(names[index], 0);
        stat_of(names[index], 1);
    }
    opened("dir/nested/file", 0, __WASI_OFLAGS_CREAT, 0, 0);
    opened("dir/nested/file", 0, __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, 0, 0);
    opened("dir/nested/file", 0, __WASI_OFLAGS_CREAT | __WASI_OFLAGS_DIRECTORY, 0, 0);
    opened("dir/nested/file", 0, __WASI_OFLAGS_DIRECTORY, 0, 0);
    opened("dir/nested/file/", 0, 0, 0, 0);
    opened("dir/nested/file/x", 0, 0, 0, 0);
    opened("dir/nested/file", 0, 0, 0, __WASI_FDFLAGS_SYNC);
    opened("dir/nested", 0, 0, __WASI_RIGHTS_FD_WRITE, 0);
    opened("dir/nested", 0, __WASI_OFLAGS_TRUNC, 0, 0);
    opened("dir/nested", 0, __WASI_OFLAGS_CREAT, 0, 0);
    opened("new/", 0, __WASI_OFLAGS_CREAT, 0, 0);
    TELL(__wasi_path_remove_directory(root, "dir"));
    TELL(__wasi_path_remove_directory(root, "dir/nested/file"));
    TELL(__wasi_path_remove_directory(root, "dir/nested/file/"));
    TELL(__wasi_path_unlink_file(root, "dir"));
    TELL(__wasi_path_unlink_file(root, "dir/"));
    TELL(__wasi_path_unlink_file(root, "dir/nested/file/"));
    TELL(__wasi_path_unlink_file(root, "missing"));
    TELL(__wasi_path_unlink_file(99, "missing"));
}

static void links(void) {
    TELL(__wasi_path_symlink("dir/nested", root, "link"));
    TELL(__wasi_path_symlink("dir/nested", root, "link"));
    TELL(__wasi_path_symlink("loop", root, "loop"));
    TELL(__wasi_path_symlink("missing", root, "dangling"));
    TELL(__wasi_path_symlink("../..", root, "dir/out"));
    TELL(__wasi_path_symlink("/etc", root, "absolute"));
    TELL(__wasi_path_symlink("x", root, "new/"));
    TELL(__wasi_path_symlink("x", root, "dir/"));
    const char *names[] = {"link", "link/", "link/file", "loop", "loop/", "dangling", "dangling/", "dir/out", "dir/out/x"};
    for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
        // With a slash, Wasmtime tells of the link, and systems of what it leads to.
        if (names[index][strlen(names[index]) - 1] != '/') {
            stat_of(names[index], 0);
        }
        stat_of(names[index], 1);
        opened(names[index], 0, 0, 0, 0);
        opened(names[index], 1, 0, 0, 0);
        opened(names[index], 0, __WASI_OFLAGS_DIRECTORY, 0, 0);
        link_text(names[index], 60);
        link_text(names[index], 3);
    }
    link_text("dir", 10);
    link_text("missing", 10);
    TELL(__wasi_path_link(root, 0, "dir/nested/file", root, "hard"));
    TELL(__wasi_path_link(root, 0, "dir/nested/file", root, "hard"));
    TELL(__wasi_path_link(root, 1, "dir/nested/file", root, "other"));
    TELL(__wasi_path_link(root, 0, "dir/nested/file", root, "other/"));
    TELL(__wasi_path_link(root, 0, "dir", root, "other"));
    TELL(__wasi_path_link(root, 0, "dangling", root, "dangling2"));
    TELL(__wasi_path_link(root, 0, "missing", root, "other"));
    stat_of("hard", 0);
    TELL(__wasi_path_rename(root, "hard", root, "renamed"));
    TELL(__wasi_path_rename(root, "renamed/", root, "x"));
    TELL(__wasi_path_rename(root, "renamed", root, "dir"));
    TELL(__wasi_path_rename(root, "dir", root, "renamed"));
    TELL(__wasi_path_rename(root, "dir", root, "dir/nested/inner"));
    TELL(__wasi_path_rename(root, "missing", root, "x"));
    TELL(__wasi_path_rename(root, "..", root, "x"));
    TELL(__wasi_path_rename(root, "dir/", root, "moved/"));
    TELL(__wasi_path_rename(root, "moved", root, "dir"));
    TELL(__wasi_path_remove_directory(root, "link"));
    list(root);
}

static void files(void) {
    __wasi_rights_t both = __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE;
    __wasi_fd_t fd = opened("data", 0, __WASI_OFLAGS_CREAT, both, 0);
    fdstat_of(fd);
    write_to(fd, "hello world");
    seek(fd, 0, __WASI_WHENCE_SET);
    read_from(fd, 0, 0);
    read_from(fd, 0, 0);
    read_from(fd, 1, 8);
    read_from(fd, 1, 1000);
    seek(fd, -3, __WASI_WHENCE_END);
    seek(fd, -30, __WASI_WHENCE_CUR);
    seek(fd, -1, __WASI_WHENCE_SET);
    TELL(__wasi_fd_filestat_set_size(fd, 3));
    TELL(__wasi_fd_allocate(fd, 0, 100));
    TELL(__wasi_fd_advise(fd, 0, 10, 0));
    TELL(__wasi_fd_datasync(fd));
    TELL(__wasi_fd_sync(fd));
    TELL(__wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_APPEND | __WASI_FDFLAGS_NONBLOCK));
    fdstat_of(fd);
    write_to(fd, "tail");
    seek(fd, 0, __WASI_WHENCE_CUR);
    TELL(__wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_DSYNC));
    TELL(__wasi_fd_fdstat_set_rights(fd, 0, 0));
    TELL(__wasi_fd_filestat_set_times(fd, 1000000007, 2000000009, 5));
    TELL(__wasi_fd_filestat_set_times(fd, 0, 0, 3));
    __wasi_filestat_t stat;
    tell("times", __wasi_fd_filestat_get(fd, &stat), "%llu %llu %llu %llu", (unsigned long long)stat.atim,
         (unsigned long long)stat.mtim, (unsigned long long)stat.size, (unsigned long long)stat.dev);
    __wasi_fd_t readable = opened("data", 0, 0, __WASI_RIGHTS_FD_READ, 0);
    fdstat_of(readable);
    write_to(readable, "no");
    TELL(__wasi_fd_filestat_set_size(readable, 0));
    __wasi_fd_t writable = opened("data", 0, __WASI_OFLAGS_TRUNC, __WASI_RIGHTS_FD_WRITE, 0);
    fdstat_of(writable);
    read_from(writable, 0, 0);
    TELL(__wasi_fd_renumber(readable, writable));
    TELL(__wasi_fd_renumber(readable, writable));
    fdstat_of(writable);
    fdstat_of(readable);
    TELL(__wasi_fd_close(writable));
    TELL(__wasi_fd_close(writable));
    __wasi_fd_t directory = opened("dir", 0, __WASI_OFLAGS_DIRECTORY, __WASI_RIGHTS_FD_READ, 0);
    fdstat_of(directory);
    read_from(directory, 0, 0);
    write_to(directory, "x");
    seek(directory, 0, __WASI_WHENCE_SET);
    TELL(__wasi_fd_allocate(directory, 0, 1));
    TELL(__wasi_fd_filestat_set_size(directory, 0));
    TELL(__wasi_fd_sync(directory));
    TELL(__wasi_fd_filestat_set_times(directory, 1, 1, 5));
    list(directory);
    list(fd);
}

static void streams(void) {
    fdstat_of(0);
    fdstat_of(2);
    fdstat_of(root);
    __wasi_prestat_t prestat;
    tell("prestat", __wasi_fd_prestat_get(root, &prestat), "%zu", prestat.u.dir.pr_name_len);
    tell("prestat", __wasi_fd_prestat_get(1, &prestat), 0);
    uint8_t name[8];
    TELL(__wasi_fd_prestat_dir_name(root, name, 0));
    TELL(__wasi_fd_prestat_dir_name(root, name, 8));
    TELL(__wasi_fd_prestat_dir_name(1, name, 8));
    seek(1, 0, __WASI_WHENCE_SET);
    read_from(0, 0, 0);
    read_from(0, 1, 0);
    read_from(1, 0, 0);
    write_to(0, "x");
    TELL(__wasi_fd_fdstat_set_flags(1, 0));
    TELL(__wasi_fd_fdstat_set_rights(1, 0, 0));
    TELL(__wasi_fd_close(77));
    TELL(__wasi_sock_shutdown(1, 1));
    TELL(__wasi_sock_shutdown(77, 1));
    TELL(__wasi_sched_yield());
    __wasi_timestamp_t time;
    for (unsigned clock = 0; clock < 4; clock++) {
        tell("time", __wasi_clock_time_get(clock, 0, &time), "%d", time > 0);
        tell("resolution", __wasi_clock_res_get(clock, &time), "%d", time > 0);
    }
    uint8_t random[16] = {0};
    TELL(__wasi_random_get(random, sizeof random));
    __wasi_subscription_t wanted[] = {
        {.userdata = 1, .u = {.tag = __WASI_EVENTTYPE_CLOCK, .u.clock = {.id = 1, .timeout = 5000000000}}},
        {.userdata = 2, .u = {.tag = __WASI_EVENTTYPE_FD_WRITE, .u.fd_write = {.file_descriptor = 1}}},
        {.userdata = 3, .u = {.tag = __WASI_EVENTTYPE_FD_READ, .u.fd_read = {.file_descriptor = 1}}},
    };
    __wasi_event_t events[3];
    __wasi_size_t count = 0;
    tell("poll", __wasi_poll_oneoff(wanted, events, 2, &count), "%zu: %llu %d %d", count,
         (unsigned long long)events[0].userdata, events[0].error, events[0].type);
    tell("poll", __wasi_poll_oneoff(wanted, events, 3, &count), 0);
    tell("poll", __wasi_poll_oneoff(wanted, events, 0, &count), 0);
    wanted[0].u.u.clock.timeout = 1000000;
    tell("sleep", __wasi_poll_oneoff(wanted, events, 1, &count), "%zu: %llu %d %d", count,
         (unsigned long long)events[0].userdata, events[0].error, events[0].type);
}

int main(int count, char **arguments) {
    for (int index = 0; index < count; index++) {
        printf("argument %s\n", arguments[index]);
    }
    printf("variable %s\n", getenv("FACT") ? getenv("FACT") : "none");
    streams();
    paths();
    links();
    files();
    fprintf(stderr, "to stderr\n");
    return count > 1 ? atoi(arguments[1]) : 0;
}
