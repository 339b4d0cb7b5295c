// Writes everywhere until nothing more fits.
// row 31; expect fail|crash
#include <fstream>
// BODY 01.1
for (const char* name : {"/tmp/fill", "/dev/shm/fill", "/var/tmp/fill", "/fill", "fill"}) {
  for (int i = 0; i < 8; ++i) {
    std::ofstream file(name + std::to_string(i));
    const std::string block(1 << 20, 'x');
    for (int j = 0; j < 64 && file; ++j) file << block;
  }
}
return 42;
