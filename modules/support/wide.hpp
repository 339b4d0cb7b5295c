// support / wide.hpp: a loop over numbers, as wide as the processor's registers and on as many
// processors as the program may use.
//
//   for_each_number(count, [=](Index i) { to[i] = f(from[i]); });
// does what `for (Index i = 0; i < count; ++i) to[i] = f(from[i]);` does. A program that is built
// for every x86-64 may use registers of 16 bytes only; this loop is compiled a second time for those
// of 32 bytes, and the program looks which it may take. A long loop is shared among threads, if
// there are several.
//
// The body must be such that the order does not matter. Capture by value: then the compiler sees
// that no pointer changes on the way. AVX2 without FMA rounds as the narrow registers do, so that
// every processor computes the same numbers.
#pragma once
#include <tinytorch/support/parallel.hpp>

namespace tinytorch {

namespace detail {

template <class Body>
void loop_16_bytes(Index begin, Index end, Body body) {
  for (Index i = begin; i < end; ++i) body(i);
}

#if defined(__x86_64__) && defined(__OPTIMIZE__)
template <class Body>
[[gnu::target("avx2")]] void loop_32_bytes(Index begin, Index end, Body body) {
  for (Index i = begin; i < end; ++i) body(i);
}

template <class Body>
void wide_loop(Index begin, Index end, const Body& body) {
  static const bool wide = __builtin_cpu_supports("avx2");
  wide ? loop_32_bytes(begin, end, body) : loop_16_bytes(begin, end, body);
}
#else
template <class Body>
void wide_loop(Index begin, Index end, const Body& body) {
  loop_16_bytes(begin, end, body);
}
#endif

inline constexpr Index numbers_for_a_thread = 1 << 16;  // fewer are done before another one wakes

template <class F>
[[gnu::always_inline]] inline double sum_in_16_lanes(Index count, const F& f) {
  constexpr Index lanes = 16;
  double part[lanes] = {};
  Index i = 0;
  for (; i + lanes <= count; i += lanes) {
    decltype(f(i)) number[lanes];  // two loops, so that a compiler makes vectors of f as well
    for (Index lane = 0; lane < lanes; ++lane) number[lane] = f(i + lane);
    for (Index lane = 0; lane < lanes; ++lane) part[lane] += static_cast<double>(number[lane]);
  }
#pragma GCC unroll 4
  for (Index half = lanes / 2; half > 0; half /= 2) {
#pragma GCC unroll 8
    for (Index lane = 0; lane < half; ++lane) part[lane] += part[lane + half];
  }
  for (; i < count; ++i) part[0] += static_cast<double>(f(i));
  return part[0];
}

#if defined(__x86_64__) && defined(__OPTIMIZE__)
template <class F>
[[gnu::target("avx2")]] double sum_32_bytes(Index count, F f) {
  return sum_in_16_lanes(count, f);
}
#endif

}  // namespace detail

/// f(0) + ... + f(count-1), in double, as sixteen sums that are added up at the end.
///
/// One sum waits for each addition before it begins the next, four cycles each; sixteen do not wait,
/// and lie in registers side by side. The order is the same on every machine.
template <class F>
double sum_in_lanes(Index count, const F& f) {
#if defined(__x86_64__) && defined(__OPTIMIZE__)
  static const bool wide = __builtin_cpu_supports("avx2");
  if (wide) return detail::sum_32_bytes(count, f);
#endif
  return detail::sum_in_16_lanes(count, f);
}

/// Calls body(i) for i = 0 .. count-1, in no particular order.
template <class Body>
void for_each_number(Index count, const Body& body) {
  parallel::for_ranges(count, detail::numbers_for_a_thread, [&](Index begin, Index end) {
    detail::wide_loop(begin, end, body);
  });
}

}  // namespace tinytorch
