#include "test_group.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "files.hpp"

namespace grader {
namespace {

bool starts_with_any(std::string_view line, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view s) { return line.starts_with(s); });
}

bool must_stay_alone(const std::string& text) {
  for (const std::string& line : split_lines(text)) {
    if (starts_with_any(trim(line),
                        {"#define", "#undef", "#pragma", "namespace tinytorch {",
                         "namespace tinytorch::", "namespace tt_test", "namespace Catch",
                         "namespace std", "template <>", "CATCH_"})) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<std::vector<std::size_t>> plan_groups(const std::vector<TestSource>& sources,
                                                  int groups) {
  std::vector<std::vector<std::size_t>> plan;
  std::vector<std::size_t> together;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (must_stay_alone(sources[i].text)) {
      plan.push_back({i});
    } else {
      together.push_back(i);
    }
  }
  // The longest first, each to the group that has least: good enough for a handful of sources.
  std::stable_sort(together.begin(), together.end(), [&](std::size_t a, std::size_t b) {
    return sources[a].text.size() > sources[b].text.size();
  });
  const std::size_t count =
      std::min(together.size(), static_cast<std::size_t>(std::max(groups, 1)));
  std::vector<std::vector<std::size_t>> shared(count);
  std::vector<std::size_t> load(count, 0);
  for (const std::size_t i : together) {
    const auto least =
        static_cast<std::size_t>(std::min_element(load.begin(), load.end()) - load.begin());
    shared[least].push_back(i);
    load[least] += sources[i].text.size();
  }
  for (auto& group : shared) std::sort(group.begin(), group.end());
  plan.insert(plan.begin(), shared.begin(), shared.end());
  return plan;
}

std::string includes_text(const std::vector<TestSource>& sources,
                          const std::vector<std::size_t>& group) {
  std::set<std::string> seen;
  std::string text;
  for (const std::size_t i : group) {
    for (const std::string& line : split_lines(sources[i].text)) {
      if (trim(line).starts_with("#include") && seen.insert(line).second) text += line + '\n';
    }
  }
  return text;
}

std::string group_text(const std::vector<TestSource>& sources,
                       const std::vector<std::size_t>& group) {
  std::string text = includes_text(sources, group);
  for (const std::size_t i : group) {
    const std::string name = "source_" + std::to_string(i);
    text += "namespace " + name + " {\n#include \"" + sources[i].file.generic_string() + "\"\n}\n";
  }
  return text;
}

}  // namespace grader
