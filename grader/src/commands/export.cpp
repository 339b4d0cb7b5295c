#include <nlohmann/json.hpp>

#include "commands/result_commands.hpp"
#include "export/writers.hpp"
#include "files.hpp"

namespace grader {
namespace {

std::string exported(const ExportOptions& options) {
  std::vector<std::pair<std::string, ResultView>> results;
  for (const std::string& file : options.from)
    results.emplace_back(std::filesystem::path(file).stem().string(), read_result(file));
  if (options.format == "csv") return results_csv(results);
  if (results.size() != 1)
    throw UsageError("export: expects one --from for " + options.format + ", got " +
                     std::to_string(results.size()) + "\n  hint: only csv takes several");
  const ResultView& result = results.front().second;
  if (options.format == "junit") return junit_xml(result);
  if (options.format == "gradescope") return gradescope_json(result).dump(2) + "\n";
  if (options.format == "classroom50")
    return classroom50_json(result, Classroom50::from_environment()).dump(2) + "\n";
  if (options.format == "markdown") return markdown_report(result);
  if (options.format == "html") return html_report(result);
  throw UsageError("export: expects a known format, got '" + options.format + "'");
}

}  // namespace

int run_export(const ExportOptions& options) {
  write_atomically(options.out, exported(options));
  return 0;
}

}  // namespace grader
