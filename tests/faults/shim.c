/* A library that is loaded before the C library (LD_PRELOAD). It numbers the calls of a process and of its copies that
 * write below some folders, and has one of them go wrong: the process is killed there, the disk is full from there on,
 * or that call alone is denied. Where it is killed, or the disk is full, half of what a call writes has been written.
 *
 * gcc -shared -fPIC -o shim.so shim.c
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { KILLED = -1 };
enum { FULL = 1, DENIED = 2 }; /* what can keep a call from being carried out */
enum { MOST_CALLS = 20000, LONGEST = 256, MOST_FOLDERS = 4 };

static struct {
  atomic_int calls, full_folder;
  int at, fault;
  char lines[MOST_CALLS][LONGEST];
} *plan; /* shared by the copies of the process */
static char folders[MOST_FOLDERS][PATH_MAX];
static int watched;

/* From now on the calls that write below some folders are numbered, and call `at` goes wrong; 0 lets all go well. */
void plan_fault(const char *const *below, int number, int at, int fault) {
  if (!plan)
    plan = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (watched = 0; watched < number && watched < MOST_FOLDERS; watched++)
    snprintf(folders[watched], PATH_MAX, "%s", below[watched]);
  plan->calls = plan->full_folder = 0;
  plan->at = at;
  plan->fault = fault;
}

/* From now on all goes well; the calls that were numbered are still known. */
void plan_nothing(void) {
  watched = 0;
  plan->full_folder = 0;
}

int number_of_calls(void) { return plan->calls; }
const char *call(int number) { return plan->lines[number - 1]; }

/* The first of the folders is 1; a path elsewhere is in folder 0. */
static int folder_of(const char *path) {
  for (int n = 0; n < watched; n++) {
    size_t length = strlen(folders[n]);
    if (!strncmp(path, folders[n], length) && (path[length] == '/' || !path[length]))
      return n + 1;
  }
  return 0;
}

/* The fault of a call: 0, KILLED, or a number of errno. */
static int fault_of(const char *what, const char *path, int can_be) {
  int folder = plan ? folder_of(path) : 0;
  if (!folder)
    return 0;
  int number = ++plan->calls;
  if (number <= MOST_CALLS)
    snprintf(plan->lines[number - 1], LONGEST, "%s %d %s", what, can_be, path);
  if (plan->full_folder == folder && can_be & FULL)
    return ENOSPC;
  if (number != plan->at)
    return 0;
  if (plan->fault == ENOSPC)
    plan->full_folder = folder;
  return plan->fault;
}

/* Whether a call goes wrong, of which nothing is done then. */
static int fails(const char *what, const char *path, int can_be) {
  int before = errno, fault = fault_of(what, path, can_be);
  if (fault == KILLED)
    kill(getpid(), SIGKILL);
  errno = fault ? fault : before;
  return fault;
}

/* The whole path of one that begins at an open folder; that of an open file, where `path` is empty. */
static const char *whole(int folder, const char *path, char *room) {
  char link[64] = "/proc/self/cwd", base[PATH_MAX / 2] = "";
  if (path[0] == '/')
    return path;
  if (folder != AT_FDCWD)
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
  if (readlink(link, base, sizeof base - 1) < 0)
    return "";
  snprintf(room, PATH_MAX, "%s%s%.2000s", base, path[0] ? "/" : "", path);
  return room;
}

#define PATH(folder, path) whole(folder, path, (char[PATH_MAX]){0})
#define FILE_OF(fd) PATH(fd, "")
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* ---- opening */

static int opening_fails(const char *path, int flags) {
  return flags & (O_WRONLY | O_RDWR) && fails("open", path, flags & O_CREAT ? FULL | DENIED : DENIED);
}

#define MODE                                                                                                           \
  va_list more;                                                                                                        \
  va_start(more, flags);                                                                                               \
  mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;                                            \
  va_end(more)

int open(const char *path, int flags, ...) {
  MODE;
  return opening_fails(PATH(AT_FDCWD, path), flags) ? -1 : REAL(open)(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  MODE;
  return opening_fails(PATH(AT_FDCWD, path), flags) ? -1 : REAL(open64)(path, flags, mode);
}
int openat(int folder, const char *path, int flags, ...) {
  MODE;
  return opening_fails(PATH(folder, path), flags) ? -1 : REAL(openat)(folder, path, flags, mode);
}
int openat64(int folder, const char *path, int flags, ...) {
  MODE;
  return opening_fails(PATH(folder, path), flags) ? -1 : REAL(openat64)(folder, path, flags, mode);
}

/* ---- writing */

ssize_t write(int fd, const void *data, size_t size) {
  int fault = fault_of("write", FILE_OF(fd), FULL);
  if (fault)
    REAL(write)(fd, data, size / 2);
  if (fault == KILLED)
    kill(getpid(), SIGKILL);
  if (fault)
    errno = fault;
  return fault ? -1 : REAL(write)(fd, data, size);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  return fails("write", FILE_OF(fd), FULL) ? -1 : REAL(pwrite64)(fd, data, size, at);
}
ssize_t writev(int fd, const struct iovec *parts, int number) {
  return fails("write", FILE_OF(fd), FULL) ? -1 : REAL(writev)(fd, parts, number);
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t size) {
  return fails("write", FILE_OF(to), FULL) ? -1 : REAL(sendfile64)(to, from, at, size);
}
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *there, size_t size, unsigned flags) {
  return fails("write", FILE_OF(to), FULL) ? -1 : REAL(copy_file_range)(from, at, to, there, size, flags);
}
int fsync(int fd) { return fails("fsync", FILE_OF(fd), FULL) ? -1 : REAL(fsync)(fd); }
int ftruncate64(int fd, off64_t size) {
  return fails("truncate", FILE_OF(fd), FULL) ? -1 : REAL(ftruncate64)(fd, size);
}

/* ---- names */

int rename(const char *from, const char *to) {
  return fails("rename", PATH(AT_FDCWD, to), FULL | DENIED) ? -1 : REAL(rename)(from, to);
}
int renameat(int at, const char *from, int there, const char *to) {
  return fails("rename", PATH(there, to), FULL | DENIED) ? -1 : REAL(renameat)(at, from, there, to);
}
int link(const char *from, const char *to) {
  return fails("link", PATH(AT_FDCWD, to), FULL | DENIED) ? -1 : REAL(link)(from, to);
}
int linkat(int at, const char *from, int there, const char *to, int flags) {
  return fails("link", PATH(there, to), FULL | DENIED) ? -1 : REAL(linkat)(at, from, there, to, flags);
}
int mkdir(const char *path, mode_t mode) {
  return fails("mkdir", PATH(AT_FDCWD, path), FULL | DENIED) ? -1 : REAL(mkdir)(path, mode);
}
int mkdirat(int folder, const char *path, mode_t mode) {
  return fails("mkdir", PATH(folder, path), FULL | DENIED) ? -1 : REAL(mkdirat)(folder, path, mode);
}
int unlink(const char *path) { return fails("unlink", PATH(AT_FDCWD, path), DENIED) ? -1 : REAL(unlink)(path); }
int unlinkat(int folder, const char *path, int flags) {
  return fails("unlink", PATH(folder, path), DENIED) ? -1 : REAL(unlinkat)(folder, path, flags);
}
int rmdir(const char *path) { return fails("rmdir", PATH(AT_FDCWD, path), DENIED) ? -1 : REAL(rmdir)(path); }
int chmod(const char *path, mode_t mode) {
  return fails("chmod", PATH(AT_FDCWD, path), DENIED) ? -1 : REAL(chmod)(path, mode);
}
int fchmod(int fd, mode_t mode) { return fails("chmod", FILE_OF(fd), DENIED) ? -1 : REAL(fchmod)(fd, mode); }
int fchmodat(int folder, const char *path, mode_t mode, int flags) {
  return fails("chmod", PATH(folder, path), DENIED) ? -1 : REAL(fchmodat)(folder, path, mode, flags);
}
