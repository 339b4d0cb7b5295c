// support / block_cache.hpp: memory for tensors, kept for the next tensor of its size.
//
// A training step makes and drops the same tensors again and again. The system gives memory in
// pages that it finds and clears when they are first touched, and takes large blocks back as soon
// as they are free. So a block that is given back goes into a list of its size, and the next tensor
// of that size gets it, still warm from the caches: a step of an MLP 784-128-10 went from 3.1 ms to
// 0.46 ms (docs/performance.md).
//
// Sizes are rounded up to a bucket, four between one power of two and the next, so that tensors of
// nearly one size share; a quarter of a block is wasted at most. Each thread has lists of its own:
// no locks. What is kept is bounded, and given to the system when memory runs short.
// Under AddressSanitizer nothing is kept: it finds a use after the end of a tensor only if the
// block is truly given back.
// Not here: counting (memory.hpp). The counters see what tensors ask for, whatever is kept.
// In PyTorch: c10/cuda/CUDACachingAllocator.cpp, for the same reason: cudaMalloc is slow.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <new>

namespace tinytorch::detail {

class BlockCache {
 public:
#if defined(__SANITIZE_ADDRESS__)
  static constexpr bool keeps = false;
#elif defined(__has_feature)
  static constexpr bool keeps = !__has_feature(address_sanitizer);
#else
  static constexpr bool keeps = true;
#endif
  static constexpr std::size_t alignment = 64;  // a cache line, and the widest vector register
  static constexpr std::size_t most_kept = std::size_t{512} << 20;  // bytes, of each thread

  /// At least `bytes` bytes, or nullptr if the machine does not have them.
  static void* take(std::size_t bytes) {
    const std::size_t bucket = bucket_of(bytes);
    if (BlockCache* cache = of_this_thread()) {
      if (Free* block = cache->lists_[bucket]) {
        cache->lists_[bucket] = block->next;
        cache->kept_ -= size_of(bucket);
        return block;
      }
      if (void* fresh = from_system(size_of(bucket))) return fresh;
      cache->release_all();
    }
    return from_system(size_of(bucket));
  }

  /// Takes a block back. `bytes` is what it was asked for with.
  static void give(void* block, std::size_t bytes) {
    const std::size_t bucket = bucket_of(bytes), size = size_of(bucket);
    BlockCache* cache = of_this_thread();
    if (cache == nullptr || cache->kept_ + size > most_kept) return to_system(block);
    cache->lists_[bucket] = new (block) Free{cache->lists_[bucket]};
    cache->kept_ += size;
  }

 private:
  struct Free {
    Free* next;
  };

  BlockCache() = default;
  ~BlockCache() {
    release_all();
    gone() = true;
  }

  /// Buckets 0, 1, 2, 3 are 64, 80, 96, 112 bytes, 4 .. 7 are 128, 160, 192, 224, and so on.
  static std::size_t bucket_of(std::size_t bytes) {
    if (bytes <= alignment) return 0;
    const auto last = bytes - 1;
    const auto power = static_cast<std::size_t>(std::bit_width(last)) - 1;  // 64 <= 2^power <= last
    const std::size_t quarter = (last >> (power - 2)) & 3;
    return (power - 6) * 4 + quarter + 1;
  }
  static std::size_t size_of(std::size_t bucket) {
    return (alignment << (bucket / 4)) / 4 * (4 + bucket % 4);
  }

  /// Null in a thread that is ending: tensors of static life may outlive its cache.
  static BlockCache* of_this_thread() {
    if (!keeps || gone()) return nullptr;
    thread_local BlockCache cache;
    return &cache;
  }
  static bool& gone() {
    thread_local bool ended = false;
    return ended;
  }

  static void* from_system(std::size_t size) {
    return ::operator new(size, std::align_val_t{alignment}, std::nothrow);
  }
  static void to_system(void* block) { ::operator delete(block, std::align_val_t{alignment}); }

  void release_all() {
    for (Free*& first : lists_) {
      while (first != nullptr) {
        Free* const block = first;
        first = block->next;
        to_system(block);
      }
    }
    kept_ = 0;
  }

  std::array<Free*, 4 * 58> lists_{};  // up to 2^64 bytes
  std::size_t kept_ = 0;
};

}  // namespace tinytorch::detail
