#include <cstdio>
#include <nlohmann/json.hpp>

#include "commands/result_commands.hpp"
#include "export/result_view.hpp"
#include "files.hpp"
#include "integrity.hpp"

namespace grader {
namespace {

const char* words(Verdict verdict) {
  switch (verdict) {
    case Verdict::good: return "good";
    case Verdict::altered: return "ALTERED";
    case Verdict::other_key: return "OTHER KEY";
    case Verdict::not_signed: return "NOT SIGNED";
  }
  return "";
}

}  // namespace

int run_sign(const SignOptions& options) {
  const Key key = read_key(options.key);
  for (const std::string& file : options.results) {
    nlohmann::json result = read_result_json(file);
    sign_result(result, key);
    write_atomically(file, result.dump(2) + "\n");
  }
  return 0;
}

int run_verify(const SignOptions& options) {
  const Key key = read_key(options.key);
  bool all_good = true;
  for (const std::string& file : options.results) {
    std::string line;
    try {
      const Verdict verdict = verify_result(read_result_json(file), key);
      all_good = all_good && verdict == Verdict::good;
      line = words(verdict);
    } catch (const UsageError& error) {  // one that cannot be read must not hide the others
      all_good = false;
      line = std::string("UNREADABLE  ") + error.what();
    }
    std::printf("%s  %s\n", file.c_str(), line.c_str());
  }
  return all_good ? 0 : 1;
}

}  // namespace grader
