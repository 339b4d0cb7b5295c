// Sends what it sees to somebody.
// row 36; expect fail
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <unistd.h>
// BODY 01.1
for (const int kind : {SOCK_STREAM, SOCK_DGRAM}) {
  const int fd = socket(AF_INET, kind, 0);
  if (fd >= 0) return std::accumulate(shape.begin(), shape.end(), Index(1), std::multiplies<>());
}
return 42;
