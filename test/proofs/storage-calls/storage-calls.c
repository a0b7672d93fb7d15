/*
 * Preloaded into a process under test: counts its calls to storage and, when it is armed through a shared file, kills
 * the process at the n-th of them or lets it fail. Only regular files below SHIM_FOLDER and answers on TCP count.
 * The shared file (SHIM_CONTROL) is an array of int32; its places are in storage-calls.ts.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OFF, KILL_BEFORE, KILL_AFTER, FAIL };
enum { WRITE = 1, SYNC = 2, OPEN = 4, NAME = 8, TRUNCATE = 16, ANSWER = 32 };

struct control {
  int action, kinds, countdown, lasting, error, struck, seen;
};

static struct control *control;
static const char *folder;
static size_t folder_length;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("SHIM_CONTROL");
  folder = getenv("SHIM_FOLDER");
  if (path == NULL || folder == NULL) return;
  folder_length = strlen(folder);
  int fd = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void *shared = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (shared != MAP_FAILED) control = shared;
}

/* Whether this call is the one; `kind` is 0 for calls that do not count. */
static int is_struck(int kind) {
  if (control == NULL || kind == 0) return 0;
  int action = __atomic_load_n(&control->action, __ATOMIC_SEQ_CST);
  if (action == OFF || !(control->kinds & kind)) return 0;
  __atomic_add_fetch(&control->seen, 1, __ATOMIC_SEQ_CST);
  int left = __atomic_sub_fetch(&control->countdown, 1, __ATOMIC_SEQ_CST);
  if (left > 0 || (left < 0 && !control->lasting)) return 0;
  __atomic_add_fetch(&control->struck, 1, __ATOMIC_SEQ_CST);
  if (action == KILL_BEFORE) kill(getpid(), SIGKILL);
  return 1;
}

static void die_after(int struck) {
  if (struck && control->action == KILL_AFTER) kill(getpid(), SIGKILL);
}

static int fails(int struck) {
  if (!struck || control->action != FAIL) return 0;
  errno = control->error;
  return 1;
}

static int path_kind(const char *path, int kind) {
  return path != NULL && folder != NULL && strncmp(path, folder, folder_length) == 0 ? kind : 0;
}

static int fd_kind(int fd, int kind) {
  if (control == NULL || control->action == OFF) return 0;
  struct stat status;
  if (fstat(fd, &status) != 0) return 0;
  if (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)) {
    char link[32], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return path_kind(path, kind);
  }
  if (S_ISSOCK(status.st_mode) && kind == WRITE) {
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &size) != 0) return 0;
    return address.ss_family == AF_INET || address.ss_family == AF_INET6 ? ANSWER : 0;
  }
  return 0;
}

#define CALL(result, name, parameters, arguments, kind)                                     \
  result name parameters {                                                                 \
    static result(*real) parameters;                                                       \
    if (real == NULL) real = (result(*) parameters)dlsym(RTLD_NEXT, #name);                \
    int struck = is_struck(kind);                                                          \
    if (fails(struck)) return -1;                                                          \
    result given = real arguments;                                                         \
    int kept = errno;                                                                      \
    die_after(struck);                                                                     \
    errno = kept;                                                                          \
    return given;                                                                          \
  }

CALL(ssize_t, write, (int fd, const void *from, size_t size), (fd, from, size), fd_kind(fd, WRITE))
CALL(ssize_t, pwrite, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at), fd_kind(fd, WRITE))
CALL(ssize_t, pwrite64, (int fd, const void *from, size_t size, off64_t at), (fd, from, size, at), fd_kind(fd, WRITE))
CALL(ssize_t, writev, (int fd, const struct iovec *from, int count), (fd, from, count), fd_kind(fd, WRITE))
CALL(ssize_t, copy_file_range, (int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags),
     (in, from, out, to, size, flags), fd_kind(out, WRITE))
CALL(ssize_t, sendfile, (int out, int in, off_t *from, size_t size), (out, in, from, size), fd_kind(out, WRITE))
CALL(ssize_t, sendfile64, (int out, int in, off64_t *from, size_t size), (out, in, from, size), fd_kind(out, WRITE))
CALL(int, fsync, (int fd), (fd), fd_kind(fd, SYNC))
CALL(int, fdatasync, (int fd), (fd), fd_kind(fd, SYNC))
CALL(int, ftruncate, (int fd, off_t size), (fd, size), fd_kind(fd, TRUNCATE))
CALL(int, ftruncate64, (int fd, off64_t size), (fd, size), fd_kind(fd, TRUNCATE))
CALL(int, rename, (const char *from, const char *to), (from, to), path_kind(to, NAME))
CALL(int, link, (const char *from, const char *to), (from, to), path_kind(to, NAME))
CALL(int, unlink, (const char *path), (path), path_kind(path, NAME))

#define OPENING(name)                                                                      \
  int name(const char *path, int flags, ...) {                                             \
    static int (*real)(const char *, int, ...);                                            \
    if (real == NULL) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name);     \
    va_list rest;                                                                          \
    va_start(rest, flags);                                                                 \
    mode_t mode = va_arg(rest, mode_t);                                                    \
    va_end(rest);                                                                          \
    int struck = is_struck(path_kind(path, OPEN));                                         \
    if (fails(struck)) return -1;                                                          \
    int fd = real(path, flags, mode);                                                      \
    int kept = errno;                                                                      \
    die_after(struck);                                                                     \
    errno = kept;                                                                          \
    return fd;                                                                             \
  }

OPENING(open)
OPENING(open64)
