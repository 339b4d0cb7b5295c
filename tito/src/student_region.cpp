#include "student_region.hpp"

#include <algorithm>

#include "course.hpp"
#include "files.hpp"

namespace tito {
namespace {

constexpr std::size_t unmatched = static_cast<std::size_t>(-1);

/// For each line of `a`, the line of `b` that a longest common subsequence pairs it with.
std::vector<std::size_t> align(const std::vector<std::string>& a,
                               const std::vector<std::string>& b) {
  const std::size_t n = a.size(), m = b.size();
  std::vector<std::vector<unsigned>> best(
      n + 1, std::vector<unsigned>(m + 1, 0));  // of the first i and j lines
  for (std::size_t i = 1; i <= n; ++i) {
    for (std::size_t j = 1; j <= m; ++j) {
      best[i][j] =
          a[i - 1] == b[j - 1] ? best[i - 1][j - 1] + 1 : std::max(best[i - 1][j], best[i][j - 1]);
    }
  }
  std::vector<std::size_t> partner(n, unmatched);
  for (std::size_t i = n, j = m; i > 0 && j > 0;) {
    if (a[i - 1] == b[j - 1]) {
      partner[--i] = --j;
    } else if (best[i - 1][j] >= best[i][j - 1]) {
      --i;
    } else {
      --j;
    }
  }
  return partner;
}

std::size_t todo_line(const std::vector<std::string>& skeleton, const std::string& id) {
  for (std::size_t i = 0; i < skeleton.size(); ++i) {
    if (grader::trim(skeleton[i]).starts_with("todo(\"" + id + "\"")) return i;
  }
  throw grader::UsageError("the skeleton has no blank " + id);
}

/// The skeleton's lines that belong to the blank: its call and the TODO and HINT comments above.
LineRange blank_lines(const std::vector<std::string>& skeleton, const std::string& id) {
  const std::size_t call = todo_line(skeleton, id);
  std::size_t first = call;
  while (first > 0 && grader::trim(skeleton[first - 1]).starts_with("//")) --first;
  return {first, call + 1};
}

/// The lines of `mine` between the partners of what stands around `blank` in the skeleton.
LineRange gap(const std::vector<std::string>& skeleton, const std::vector<std::string>& mine,
              LineRange blank) {
  const std::vector<std::size_t> partner = align(skeleton, mine);
  LineRange range{0, mine.size()};
  for (std::size_t i = 0; i < blank.first; ++i) {
    if (partner[i] != unmatched) range.first = partner[i] + 1;
  }
  for (std::size_t i = skeleton.size(); i-- > blank.last;) {
    if (partner[i] != unmatched) range.last = partner[i];
  }
  return range;
}

}  // namespace

LineRange find_answer(const std::vector<std::string>& skeleton,
                      const std::vector<std::string>& mine, const std::string& blank_id) {
  const std::size_t call = todo_line(skeleton, blank_id);
  return gap(skeleton, mine, {call, call + 1});
}

std::string with_blank_reset(const std::string& skeleton, const std::string& mine,
                             const std::string& blank_id) {
  const std::vector<std::string> original = grader::split_lines(skeleton);
  std::vector<std::string> lines = grader::split_lines(mine);
  const LineRange blank = blank_lines(original, blank_id);
  const LineRange answer = gap(original, lines, blank);
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(answer.first),
              lines.begin() + static_cast<std::ptrdiff_t>(answer.last));
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(answer.first),
               original.begin() + static_cast<std::ptrdiff_t>(blank.first),
               original.begin() + static_cast<std::ptrdiff_t>(blank.last));
  return grader::join_lines(lines);
}

}  // namespace tito
