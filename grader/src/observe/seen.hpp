// grader / observe / seen.hpp: what an observation program wrote, read with suspicion.
//
// The stream comes from a process in which a stranger's code ran: it may be cut, mixed with
// something else, or made up. Whatever is not exactly of the form that grader/observe/main.cpp
// writes makes its case one that saw nothing.
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

/// The n-th run of an observation. Written "12.7" for people.
struct CaseId {
  int observation = 0, repetition = 0;
  auto operator<=>(const CaseId&) const = default;
};
std::string to_string(CaseId);

/// One see(): numbers, whole numbers, or text.
struct SeenLine {
  char kind = 0;  // 'd', 'i' or 's'
  std::vector<double> numbers;
  std::vector<std::int64_t> wholes;
  std::string text;
  bool cut = false;  // there were more than the program tells
};

struct CaseRecord {
  std::vector<SeenLine> lines;
  std::string todo;  // the blank that was reached, if the case ended there
  std::string what;  // the words of the exception that ended it
  bool ended = false;
};

using Seen = std::map<CaseId, CaseRecord>;

Seen parse_seen(std::string_view stream);

/// A line as a person reads it: the first dozen values, or the text.
std::string shown(const SeenLine&);

/// How `got` differs from `expected`, in one sentence; empty if it does not.
///
/// Numbers agree within 1e-4 of themselves plus 1e-5 of the largest beside them: floats summed in
/// another order. NaN agrees with NaN and infinity with itself; everything else is compared
/// exactly.
std::string difference(const CaseRecord& expected, const CaseRecord& got);

}  // namespace grader
