// performance / peak.hpp: how many multiplications and additions a second this processor can do, in registers alone.
//
//   const double operations = peak::multiply_add(100'000);    does so many rounds; how many operations that was
// The roof that a matrix product stands under. Written in the compiler's vector extension, for the widest registers
// that the processor has.
#pragma once

namespace peak {

inline constexpr int sums = 12;  // enough to keep both multipliers busy: one takes 4 cycles, 2 begin in each

template <int bytes>
[[gnu::always_inline]] inline double rounds_of(long rounds) {
  typedef float Vec __attribute__((vector_size(bytes)));
  Vec sum[sums] = {}, x = {};
  volatile float half = 0.5f;  // not known to the compiler, so that nothing can be computed ahead
  x += half;
  for (int k = 0; k < sums; ++k) sum[k] += half * static_cast<float>(k);  // twelve different sums
  for (long i = 0; i < rounds; ++i) {
#pragma GCC unroll 12
    for (int k = 0; k < sums; ++k) sum[k] = sum[k] * x + x;
  }
  for (int k = 1; k < sums; ++k) sum[0] += sum[k];
  float first;
  __builtin_memcpy(&first, &sum[0], sizeof first);
  half = first;
  return 2.0 * sums * (bytes / sizeof(float)) * static_cast<double>(rounds);
}

inline double rounds_16(long rounds) { return rounds_of<16>(rounds); }
#if defined(__x86_64__)
[[gnu::target("avx2,fma")]] inline double rounds_32(long rounds) { return rounds_of<32>(rounds); }
[[gnu::target("avx512f")]] inline double rounds_64(long rounds) { return rounds_of<64>(rounds); }
#endif

/// Does `rounds` rounds and returns how many operations they were.
inline double multiply_add(long rounds) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return rounds_64(rounds);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return rounds_32(rounds);
#endif
  return rounds_16(rounds);
}

}  // namespace peak
