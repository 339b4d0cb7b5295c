// support / storage.hpp: one block of numbers that any number of tensors may look at.
//
// A Storage knows how many numbers it has and how often it was written in place (its version). It
// knows nothing of shapes: those belong to the tensors that view it.
// In PyTorch: c10/core/StorageImpl.h; the version counter is c10/core/TensorImpl.h,
// VariableVersion.
#pragma once
#include <cstdint>
#include <string>

#include <tinytorch/support/block_cache.hpp>
#include <tinytorch/support/error.hpp>
#include <tinytorch/support/memory.hpp>
#include <tinytorch/support/types.hpp>

namespace tinytorch {

class Storage {
 public:
  /// `size` numbers, not initialised. Throws MemoryError if the machine does not have them.
  explicit Storage(Index size) : size_(size) {
    data_ = static_cast<real*>(detail::BlockCache::take(bytes()));
    if (data_ == nullptr) {
      throw MemoryError("Storage: expects memory for " + std::to_string(size) + " numbers, " +
                        std::to_string(bytes()) +
                        " bytes, got none from the system\n"
                        "  hint: is one of the sizes wrong? a smaller batch needs less");
    }
    memory::count_allocation(bytes());
  }
  ~Storage() {
    memory::count_release(bytes());
    detail::BlockCache::give(data_, bytes());
  }
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;

  real* data() const { return data_; }
  Index size() const { return size_; }
  std::size_t bytes() const { return static_cast<std::size_t>(size_) * sizeof(real); }

  /// How often the numbers were changed in place: what autograd kept is stale when this has moved
  /// on.
  std::uint64_t version() const { return version_; }
  void bump_version() { ++version_; }

 private:
  real* data_ = nullptr;
  Index size_ = 0;
  std::uint64_t version_ = 0;
};

}  // namespace tinytorch
