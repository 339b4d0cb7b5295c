#include "compiler_answers.hpp"

#include <map>
#include <mutex>

#include "files.hpp"
#include "hash.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

std::mutex mutex;
std::map<std::string, std::string> answers;
fs::path kept_in;

/// Which program, and which libraries: /usr/include/c++ changes when a package of libstdc++ does.
std::string key_of(const fs::path& program, const std::string& question) {
  ContentHash hash;
  hash.add("answer 1").add(question).add(program.string());
  for (const fs::path& file : {program, fs::path("/usr/include/c++")}) {
    std::error_code absent;
    const fs::path real = fs::canonical(file, absent);
    hash.add(real.string());
    hash.add(std::to_string(fs::last_write_time(real, absent).time_since_epoch().count()));
  }
  return hash.hex();
}

}  // namespace

void keep_compiler_answers(const fs::path& folder) {
  const std::lock_guard lock(mutex);
  kept_in = folder;
}

std::string compiler_answer(const fs::path& program, const std::string& question,
                            const std::function<std::string()>& ask) {
  const std::string key = key_of(program, question);
  const std::lock_guard lock(mutex);
  if (const auto found = answers.find(key); found != answers.end()) return found->second;
  const fs::path file = kept_in / (key + ".txt");
  try {
    if (!kept_in.empty() && fs::exists(file)) return answers[key] = read_text(file);
  } catch (const std::exception&) {  // then it is asked
  }
  answers[key] = ask();
  try {
    if (!kept_in.empty()) {
      fs::create_directories(kept_in);
      write_atomically(file, answers[key]);
    }
  } catch (const std::exception&) {  // then the next process asks as well
  }
  return answers[key];
}

}  // namespace grader
