#include "misconceptions.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "course.hpp"
#include "files.hpp"
#include "hash.hpp"

namespace grader {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

/// The values that came, so that 3 for 4 is another failure than 5 for 4.
std::string way_of(const TestResult& result) {
  if (result.status != Status::fail || result.failures.empty()) return to_string(result.status);
  ContentHash hash;
  for (const FailedAssertion& failure : result.failures) hash.add(failure.expansion);
  return "fail " + hash.hex().substr(0, 8);
}

bool ran_to_its_end(Status status) {
  switch (status) {
    case Status::pass:
    case Status::fail:
    case Status::crash:
    case Status::timeout:
    case Status::memory:
    case Status::leak: return true;
    default: return false;
  }
}

}  // namespace

bool Signature::tells_something() const {
  return std::any_of(failed.begin(), failed.end(),
                     [](const auto& one) { return one.second.starts_with("fail "); });
}

Signature signature_of(const std::vector<TestResult>& results, const std::string& blank) {
  Signature signature;
  for (const TestResult& result : results) {
    if (result.test.blank != blank || result.status == Status::skipped) continue;
    if (!ran_to_its_end(result.status)) return {};
    ++signature.tests;
    if (result.status != Status::pass) signature.failed[result.test.name] = way_of(result);
  }
  return signature;
}

fs::path signatures_file(const fs::path& root) {
  return root / "tests" / "mutants" / "signatures.json";
}

std::vector<Misconception> read_misconceptions(const fs::path& root) {
  const fs::path file = signatures_file(root);
  std::vector<Misconception> all;
  if (!fs::exists(file)) return all;
  try {
    for (const json& entry : json::parse(read_text(file))) {
      all.push_back({entry.at("blank"),
                     entry.at("mutants"),
                     entry.at("sentence"),
                     {entry.at("tests"), entry.at("failed")}});
    }
  } catch (const json::exception& error) {
    throw UsageError("tests/mutants/signatures.json:1: " + std::string(error.what()));
  }
  return all;
}

std::string misconceptions_text(const std::vector<Misconception>& all) {
  json list = json::array();
  for (const Misconception& one : all) {
    list.push_back({{"blank", one.blank},
                    {"mutants", one.mutants},
                    {"sentence", one.sentence},
                    {"tests", one.signature.tests},
                    {"failed", one.signature.failed}});
  }
  return list.dump(1) + "\n";
}

std::string misconception_of(const std::vector<Misconception>& all,
                             const std::vector<TestResult>& results, const std::string& blank) {
  const Signature signature = signature_of(results, blank);
  if (!signature.tells_something()) return "";
  for (const Misconception& one : all) {
    if (one.blank == blank && one.signature == signature) return one.sentence;
  }
  return "";
}

}  // namespace grader
