// grader / sandbox / syscall_filter.hpp: system calls that a student's program never needs.
//
// Made by libseccomp. Without that library (at build time) there is no filter, and no sandbox
// better than `weak`.
#pragma once

namespace grader {

bool syscall_filter_available();

/// The filter as bubblewrap reads it, in a file of memory. Throws InfrastructureError.
class SyscallFilterFile {
 public:
  SyscallFilterFile();
  ~SyscallFilterFile();
  SyscallFilterFile(const SyscallFilterFile&) = delete;
  SyscallFilterFile& operator=(const SyscallFilterFile&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

/// For this process and all that it becomes. False if that is not possible.
bool enter_syscall_filter();

}  // namespace grader
