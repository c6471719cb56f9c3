// Orthanc listens on every address, whatever its configuration says. Preloaded, this makes every such bind() one of loopback.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

int bind(int fd, const struct sockaddr *address, socklen_t length) {
  static int (*real)(int, const struct sockaddr *, socklen_t);
  if (!real) real = (int (*)(int, const struct sockaddr *, socklen_t))dlsym(RTLD_NEXT, "bind");
  struct sockaddr_storage own;
  if (length > sizeof own) return real(fd, address, length);
  memcpy(&own, address, length);
  if (own.ss_family == AF_INET) {
    struct sockaddr_in *v4 = (struct sockaddr_in *)&own;
    if (v4->sin_addr.s_addr == htonl(INADDR_ANY)) v4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  } else if (own.ss_family == AF_INET6) {
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&own;
    if (!memcmp(&v6->sin6_addr, &in6addr_any, sizeof in6addr_any)) v6->sin6_addr = in6addr_loopback;
  }
  return real(fd, (struct sockaddr *)&own, length);
}
