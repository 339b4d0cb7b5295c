#include "sizes.hpp"

#include <algorithm>
#include <cstdio>

#include "files.hpp"
#include "test_index.hpp"

namespace tito {

ModuleSize size_of(const grader::Course& course, const grader::Module& module) {
  ModuleSize size;
  size.id = module.id;
  std::vector<int> lengths;
  for (const auto& file : grader::list_files(course.solution_dir(module), ".hpp")) {
    lengths.push_back(static_cast<int>(grader::split_lines(grader::read_text(file)).size()));
  }
  std::sort(lengths.begin(), lengths.end());
  size.headers = static_cast<int>(lengths.size());
  for (const int length : lengths) size.lines += length;
  if (!lengths.empty()) {
    size.median = lengths[lengths.size() / 2];
    size.longest = lengths.back();
  }
  for (const grader::Blank& blank : module.blanks) (blank.stretch ? size.stretch : size.core)++;
  size.points = module.max_points();
  size.hours = module.hours;
  for (const char* suite : {"pedagogy", "regression"}) {
    size.tests += static_cast<int>(index_tests(course, module, suite).size());
  }
  return size;
}

std::vector<std::string> size_table(const std::vector<ModuleSize>& sizes) {
  std::vector<std::string> lines = {
      "| module | headers | lines | median | longest | blanks | stretch | points | tests | hours |",
      "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"};
  ModuleSize all;
  all.id = "all";
  const auto row = [&](const ModuleSize& size) {
    char text[160];
    std::snprintf(text, sizeof text, "| %s | %d | %d | %s | %d | %d | %d | %d | %d | %g |",
                  size.id.c_str(), size.headers, size.lines,
                  size.median > 0 ? std::to_string(size.median).c_str() : "", size.longest,
                  size.core, size.stretch, size.points, size.tests, size.hours);
    lines.emplace_back(text);
  };
  for (const ModuleSize& size : sizes) {
    row(size);
    all.headers += size.headers;
    all.lines += size.lines;
    all.longest = std::max(all.longest, size.longest);
    all.core += size.core;
    all.stretch += size.stretch;
    all.points += size.points;
    all.tests += size.tests;
    all.hours += size.hours;
  }
  row(all);
  return lines;
}

}  // namespace tito
