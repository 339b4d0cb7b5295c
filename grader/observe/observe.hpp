// grader / observe / observe.hpp: what an observation program is made of.
//
// An observation calls one function of a student's framework on random input and says what it saw:
// numbers, sizes, the class of an error. It never says whether that is right; it does not know. The
// same program is compiled with the reference as well, and a third process compares (judge.hpp). So
// there is nothing in a student's process that would be worth forging.
//
//   OBSERVE("02.16", "matmul of two matrices") {
//     const Index m = c.whole(1, 6), k = c.whole(0, 6), n = c.whole(1, 6);
//     see(c, matmul(random_tensor(c, {m, k}), random_tensor(c, {k, n})));
//   }
// Each observation runs at least 20 times, with another seed each time. Sizes are small: what counts
// is the variety of shapes, views and values. `c.repetition()` is for those cases that must be there
// whatever the seed, such as an empty tensor.
//
// This header is read before any line of a student, so no macro of theirs can change it.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <numbers>
#include <numeric>
#include <optional>
#include <ostream>
#include <random>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <type_traits>
#include <typeindex>
#include <typeinfo>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include <tinytorch/support/error.hpp>
#include <tinytorch/support/index_tensor.hpp>
#include <tinytorch/support/rng.hpp>
#include <tinytorch/support/shape.hpp>
#include <tinytorch/support/todo.hpp>
#include <tinytorch/support/types.hpp>

namespace observe {

using tinytorch::Index;
using tinytorch::IndexTensor;
using tinytorch::real;
using tinytorch::Shape;

/// One run of one observation: where its input comes from and where what it sees goes.
class Case {
 public:
  Case(std::uint64_t seed, int repetition) : rng_(seed), repetition_(repetition) {}

  int repetition() const { return repetition_; }  // 0, 1, 2, ...

  // Input. Ranges include both ends.
  std::uint64_t bits() { return rng_.bits(); }
  Index whole(Index low, Index high) { return low + rng_.below(high - low + 1); }
  double number(double low = -2, double high = 2) {
    return low + (high - low) * static_cast<double>(bits() >> 11) * 0x1p-53;
  }
  bool coin() { return (bits() >> 63) != 0; }
  Shape shape(Index min_rank, Index max_rank, Index min_size = 1, Index max_size = 4) {
    Shape shape;
    for (Index rank = whole(min_rank, max_rank); rank > 0; --rank)
      shape.push_back(whole(min_size, max_size));
    return shape;
  }
  std::vector<Index> permutation(Index n) { return rng_.permutation(n); }
  IndexTensor labels(const Shape& shape, Index low, Index high) {
    Index count = 1;
    for (const Index n : shape) count *= n;
    std::vector<Index> values(static_cast<std::size_t>(count));
    for (Index& value : values) value = whole(low, high);
    return IndexTensor(std::move(values), shape);
  }
  /// Letters, spaces, digits, and (with `any`) whatever bytes there are.
  std::string text(Index length, bool any = false) {
    constexpr std::string_view letters = "aaabcdeeefghiijklmnooprsttuvwy   '.,019\n";
    std::string text;
    for (Index i = 0; i < length; ++i) {
      text += any ? static_cast<char>(whole(0, 255))
                  : letters[static_cast<std::size_t>(whole(0, Index(letters.size()) - 1))];
    }
    return text;
  }

  // Output: a line each. see() below has an overload for each type.
  void put_numbers(const double* values, std::size_t count) {
    out_ += 'd';
    char buffer[40];
    for (std::size_t i = 0; i < std::min(count, most); ++i) {
      std::snprintf(buffer, sizeof buffer, " %a", values[i]);
      out_ += buffer;
    }
    end_line(count);
  }
  void put_wholes(const Index* values, std::size_t count) {
    out_ += 'i';
    for (std::size_t i = 0; i < std::min(count, most); ++i) out_ += ' ' + std::to_string(values[i]);
    end_line(count);
  }
  void put_text(std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    out_ += 's';
    out_ += ' ';
    for (const char c : text.substr(0, most)) {
      const auto byte = static_cast<unsigned char>(c);
      out_ += digits[byte >> 4];
      out_ += digits[byte & 15];
    }
    end_line(text.size());
  }

  const std::string& seen() const { return out_; }

 private:
  static constexpr std::size_t most = 1 << 16;  // more is a mistake: only its size is told

  void end_line(std::size_t count) {
    if (count > most) out_ += " and " + std::to_string(count - most) + " more";
    out_ += '\n';
  }

  tinytorch::Rng rng_;
  int repetition_;
  std::string out_;
};

inline void see(Case& c, double value) { c.put_numbers(&value, 1); }
inline void see(Case& c, float value) { see(c, static_cast<double>(value)); }
inline void see(Case& c, Index value) { c.put_wholes(&value, 1); }
inline void see(Case& c, int value) { see(c, static_cast<Index>(value)); }
inline void see(Case& c, std::size_t value) { see(c, static_cast<Index>(value)); }
inline void see(Case& c, bool value) { see(c, static_cast<Index>(value)); }
inline void see(Case& c, std::string_view text) { c.put_text(text); }
inline void see(Case& c, const std::string& text) { c.put_text(text); }
inline void see(Case& c, const char* text) { c.put_text(text); }
inline void see(Case& c, const Shape& shape) { c.put_wholes(shape.data(), shape.size()); }
inline void see(Case& c, const std::vector<Index>& v) { c.put_wholes(v.data(), v.size()); }
inline void see(Case& c, const std::vector<double>& v) { c.put_numbers(v.data(), v.size()); }
inline void see(Case& c, const std::vector<float>& v) {
  see(c, std::vector<double>(v.begin(), v.end()));
}
inline void see(Case& c, const IndexTensor& t) {
  see(c, t.shape());
  c.put_wholes(t.data(), static_cast<std::size_t>(t.numel()));
}

/// The class of the error that `act` throws; "no error" if it throws none.
template <class Act>
void see_error(Case& c, Act act) {
  try {
    act();
    see(c, "no error");
  } catch (const tinytorch::NotImplemented&) {
    throw;
  } catch (const tinytorch::ShapeError&) {
    see(c, "ShapeError");
  } catch (const tinytorch::IndexError&) {
    see(c, "IndexError");
  } catch (const tinytorch::ValueError&) {
    see(c, "ValueError");
  } catch (const tinytorch::AutogradError&) {
    see(c, "AutogradError");
  } catch (const tinytorch::MemoryError&) {
    see(c, "MemoryError");
  } catch (const tinytorch::FileError&) {
    see(c, "FileError");
  } catch (const tinytorch::Error&) {
    see(c, "Error");
  } catch (const std::exception&) {
    see(c, "std::exception");
  }
}

struct Observation {
  const char* blank;  // "02.16", or "02" for the module as a whole
  const char* name;
  void (*run)(Case&);
  int repetitions;
};

/// In the order in which they stand in the file.
inline std::vector<Observation>& observations() {
  static std::vector<Observation> list;
  return list;
}

struct Registered {
  Registered(const char* blank, const char* name, void (*run)(Case&), int repetitions) {
    observations().push_back({blank, name, run, repetitions});
  }
};

}  // namespace observe

#define OBSERVE_JOIN2(a, b) a##b
#define OBSERVE_JOIN(a, b) OBSERVE_JOIN2(a, b)
/// OBSERVE(blank, name) { what to do with Case& c }, 20 times; OBSERVE_TIMES says how often.
#define OBSERVE_TIMES(times, blank, name)                               \
  static void OBSERVE_JOIN(observation_, __LINE__)(observe::Case&);     \
  static const observe::Registered OBSERVE_JOIN(registered_, __LINE__)( \
      blank, name, OBSERVE_JOIN(observation_, __LINE__), times);        \
  static void OBSERVE_JOIN(observation_, __LINE__)([[maybe_unused]] observe::Case & c)
#define OBSERVE(blank, name) OBSERVE_TIMES(20, blank, name)
