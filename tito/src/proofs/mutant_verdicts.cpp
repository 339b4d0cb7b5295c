#include "mutant_verdicts.hpp"

#include <map>
#include <nlohmann/json.hpp>

#include "files.hpp"
#include "hash.hpp"
#include "overlay.hpp"
#include "parallel.hpp"
#include "test_index.hpp"

namespace tito {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

constexpr std::size_t most_at_once = 300;  // in one program: its headers grow with them

/// The solutions that a module's tests see, the tests themselves, and the compiler.
std::string state_of(const ProofSetting& setting, const grader::Overlay& reference,
                     const grader::Module& module) {
  grader::ContentHash hash;
  hash.add("verdicts 1").add(setting.options.compiler);
  hash.add(overlay_hash(setting.course, reference, module));
  std::map<fs::path, std::string> sources;
  for (const std::string& suite : setting.options.suites) {
    for (const grader::TestCase& test : index_tests(setting.course, module, suite)) {
      sources.emplace(test.file, "");
    }
  }
  for (const fs::path& header :
       grader::list_files(setting.course.root / "tests" / "support", ".hpp")) {
    sources.emplace(header, "");
  }
  for (const auto& [file, unused] : sources) hash.add(grader::read_text(file));
  return hash.hex();
}

std::string key_of(const WrongBodies& bodies) {
  grader::ContentHash hash;
  for (const auto& [blank, body] : bodies) hash.add(blank).add(body);
  return hash.hex();
}

/// What is known of a module's mutants. A file that cannot be read, or is of another state, costs
/// nothing but the work again.
class Memory {
 public:
  Memory(fs::path file, std::string state) : file_(std::move(file)), state_(std::move(state)) {
    try {
      const json known = json::parse(grader::read_text(file_));
      if (known.at("state") != state_) return;
      for (const auto& [key, value] : known.at("verdicts").items()) {
        verdicts_[key] = {value.at(0), value.at(1)};
      }
    } catch (const std::exception&) {
      verdicts_.clear();
    }
  }

  const Verdict* find(const std::string& key) const {
    const auto found = verdicts_.find(key);
    return found == verdicts_.end() ? nullptr : &found->second;
  }
  void add(const std::string& key, const Verdict& verdict) { verdicts_[key] = verdict; }

  void save() const {
    json all = json::object();
    for (const auto& [key, verdict] : verdicts_) all[key] = {verdict.error, verdict.noticed_by};
    fs::create_directories(file_.parent_path());
    grader::write_atomically(file_, json{{"state", state_}, {"verdicts", all}}.dump(1));
  }

 private:
  fs::path file_;
  std::string state_;
  std::map<std::string, Verdict> verdicts_;
};

}  // namespace

std::vector<Verdict> verdicts_of(const ProofSetting& setting, const grader::Overlay& reference,
                                 const grader::Module& module,
                                 const std::vector<WrongBodies>& mutants) {
  Memory memory(setting.work / "verdicts" / (module.id + ".json"),
                state_of(setting, reference, module));
  std::vector<WrongBodies> unknown;
  for (const WrongBodies& mutant : mutants) {
    if (memory.find(key_of(mutant)) == nullptr) unknown.push_back(mutant);
  }
  for (std::size_t begin = 0; begin < unknown.size(); begin += most_at_once) {
    const auto first = unknown.begin() + static_cast<std::ptrdiff_t>(begin);
    const std::size_t count = std::min(most_at_once, unknown.size() - begin);
    const std::vector<WrongBodies> some(first, first + static_cast<std::ptrdiff_t>(count));
    const MutantProgram program(setting, reference, module, some);
    std::vector<Verdict> verdicts(count);
    grader::parallel_for(count, setting.options.jobs, [&](std::size_t i) {
      verdicts[i].error = program.error(i);
      if (verdicts[i].error.empty()) verdicts[i].noticed_by = program.noticed_by(i);
    });
    for (std::size_t i = 0; i < count; ++i) memory.add(key_of(some[i]), verdicts[i]);
    memory.save();
  }
  std::vector<Verdict> all;
  for (const WrongBodies& mutant : mutants) all.push_back(*memory.find(key_of(mutant)));
  return all;
}

}  // namespace tito
