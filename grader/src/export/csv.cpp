#include <algorithm>
#include <map>
#include <set>

#include "export/escape.hpp"
#include "export/writers.hpp"

namespace grader {
namespace {

const std::string line_end = "\r\n";  // RFC 4180

std::string cells_of(const std::vector<std::string>& cells) {
  std::string row = cells.front();
  for (std::size_t i = 1; i < cells.size(); ++i) row += ',' + cells[i];
  return row + line_end;
}

std::string number(const std::optional<int>& value) {
  return value ? std::to_string(*value) : std::string();
}

/// The points of a module: empty where there is no mark, or no such module.
std::vector<std::string> module_cells(const ResultView& result, const std::set<std::string>& ids,
                                      bool marked) {
  std::vector<std::string> cells;
  for (const std::string& id : ids) {
    const auto found = std::find_if(result.modules.begin(), result.modules.end(),
                                    [&](const ModuleView& module) { return module.id == id; });
    const bool there = marked && found != result.modules.end();
    cells.push_back(there ? std::to_string(found->score) : "");
    cells.push_back(there ? number(found->isolated_score) : "");
    cells.push_back(there ? number(found->integration_score) : "");
  }
  return cells;
}

}  // namespace

std::string results_csv(const std::vector<std::pair<std::string, ResultView>>& results) {
  std::set<std::string> ids;
  for (const auto& [name, result] : results) {
    for (const ModuleView& module : result.modules) ids.insert(module.id);
  }
  std::vector<std::string> head = {"result",      "submission", "hash",      "policy",
                                   "sandbox",     "score",      "max_score", "stretch_score",
                                   "stretch_max", "flags"};
  for (const std::string& id : ids) {
    head.push_back(csv_cell(id));
    head.push_back(csv_cell(id + " isolated"));
    head.push_back(csv_cell(id + " integration"));
  }
  head.push_back("note");
  std::string text = cells_of(head);
  for (const auto& [name, result] : results) {
    const std::string reason = result.no_mark();
    const bool marked = reason.empty();
    const auto points = [&](int value) { return marked ? std::to_string(value) : std::string(); };
    std::vector<std::string> row = {csv_cell(name),
                                    csv_cell(result.id),
                                    csv_cell(result.hash),
                                    csv_cell(result.policy),
                                    csv_cell(result.sandbox_level),
                                    points(result.score),
                                    points(result.max_score),
                                    points(result.stretch_score),
                                    points(result.stretch_max),
                                    std::to_string(result.flags.size())};
    const std::vector<std::string> modules = module_cells(result, ids, marked);
    row.insert(row.end(), modules.begin(), modules.end());
    row.push_back(marked ? "" : csv_cell("no mark: " + reason));
    text += cells_of(row);
  }
  return text;
}

}  // namespace grader
