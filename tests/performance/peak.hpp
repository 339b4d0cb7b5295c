// performance / peak.hpp: how many multiplications and additions a second this processor can do, in registers alone.
//
//   const double operations = peak::multiply_add(100'000);    does so many rounds; how many operations that was
// The roof that a matrix product stands under. Written in the compiler's vector extension, for the widest registers
// that the processor has.
#pragma once

namespace peak {

inline constexpr int sums = 12;  // enough to keep both multipliers busy: one takes 4 cycles, 2 begin in each

#if defined(__clang__)
#define TT_IN_REGISTER "+x"
#else
#define TT_IN_REGISTER "+v"  // all 32 registers of AVX-512
#endif

template <int bytes>
[[gnu::always_inline]] inline double rounds_of(long rounds) {
  typedef float Vec __attribute__((vector_size(bytes)));
  Vec sum[sums] = {}, x = {};
  x += 0.5f;
  for (long i = 0; i < rounds; ++i) {
#pragma GCC unroll 12
    for (int k = 0; k < sums; ++k) {
      sum[k] = sum[k] * x + x;
      asm volatile("" : TT_IN_REGISTER(sum[k]));  // do not compute it twice, nor not at all
    }
  }
  return 2.0 * sums * (bytes / sizeof(float)) * static_cast<double>(rounds);
}
#undef TT_IN_REGISTER

inline double rounds_16(long rounds) { return rounds_of<16>(rounds); }
#if defined(__x86_64__)
[[gnu::target("avx2,fma")]] inline double rounds_32(long rounds) { return rounds_of<32>(rounds); }
#if !defined(__clang__)
[[gnu::target("avx512f")]] inline double rounds_64(long rounds) { return rounds_of<64>(rounds); }
#endif
#endif

/// Does `rounds` rounds and returns how many operations they were.
inline double multiply_add(long rounds) {
#if defined(__x86_64__)
#if !defined(__clang__)
  if (__builtin_cpu_supports("avx512f")) return rounds_64(rounds);
#endif
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return rounds_32(rounds);
#endif
  return rounds_16(rounds);
}

}  // namespace peak
