// datasets/catalogue.json: files that can be fetched and are not kept in git.
#include <nlohmann/json.hpp>

#include "course_checks.hpp"
#include "files.hpp"

namespace tito {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

const std::string place = "datasets/catalogue.json:1: ";

bool is_sha256(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void check_entry(const grader::Course& course, const json& entry, Problems& problems) {
  const std::string name = entry.at("name"), folder = entry.at("folder");
  const std::string shown = "datasets/" + folder + "/README.md";
  const std::string url = entry.at("url"), licence = entry.at("licence");
  const auto problem = [&](const std::string& what) {
    problems.push_back(place + name + ": " + what);
  };
  if (!url.starts_with("https://") || !url.ends_with("/" + name)) {
    problem("expects an https address that ends with its name, got " + url);
  }
  if (!is_sha256(entry.at("sha256"))) problem("expects a SHA-256 of 64 digits 0-9a-f");
  if (entry.at("bytes").get<std::int64_t>() <= 0) problem("expects a size in bytes");
  if (licence.empty()) problem("expects a licence");
  const fs::path datasheet = course.root / shown;
  if (!fs::exists(datasheet) || grader::read_text(datasheet).find(url) == std::string::npos) {
    problem("expects a datasheet " + shown + " that has its address");
  }
}

}  // namespace

Problems check_catalogue(const grader::Course& course) {
  Problems problems;
  const fs::path file = course.root / "datasets" / "catalogue.json";
  if (!fs::exists(file)) return problems;
  try {
    const json catalogue = json::parse(grader::read_text(file));
    if (catalogue.at("schema") != "tinytorch.catalogue/1") {
      problems.push_back(place + "expects the schema tinytorch.catalogue/1");
    }
    for (const json& entry : catalogue.at("files")) check_entry(course, entry, problems);
  } catch (const json::exception& error) {
    problems.push_back(place + error.what());
  }
  return problems;
}

}  // namespace tito
