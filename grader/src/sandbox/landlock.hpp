// grader / sandbox / landlock.hpp: the partial level's walls around files, without namespaces.
//
// Linux 5.13 and later, https://docs.kernel.org/userspace-api/landlock.html. The C library has no
// functions for it yet, so these are three system calls by number.
#pragma once
#include <filesystem>
#include <vector>

namespace grader {

/// Of the kernel's interface; 0 if there is none.
int landlock_version();

/// From now on this process, and all that it becomes, reads only /usr and `readable`, and writes
/// only below `writable` and to /dev/null. False if that cannot be had.
bool enter_landlock(const std::vector<std::filesystem::path>& readable,
                    const std::vector<std::filesystem::path>& writable);

}  // namespace grader
