#include "generated_proof.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "files.hpp"
#include "generated_mutants.hpp"
#include "mutant_verdicts.hpp"
#include "sync.hpp"

namespace tito {
namespace fs = std::filesystem;
using grader::Module;
namespace {

constexpr const char* equivalent_file = "tests/mutants/equivalent.json";

struct Candidate {
  std::string place;  // "solutions/01_tensor/shape.hpp:25"
  GeneratedMutant mutant;

  std::string id() const { return mutant.blank + ": " + mutant.change; }
};

std::vector<Candidate> candidates_of(const grader::Course& course, const Module& module) {
  std::vector<Candidate> all;
  for (const grader::SolutionSource& source : read_solution(course, module)) {
    for (const grader::Region& region : source.regions) {
      for (GeneratedMutant& mutant : generate_mutants(region)) {
        const std::string place = source.shown.generic_string() + ":" + std::to_string(mutant.line);
        all.push_back({place, std::move(mutant)});
      }
    }
  }
  return all;
}

/// "01.5: before  ->  after" of each listed mutant, and the reason.
std::map<std::string, std::string> listed_equivalents(const grader::Course& course) {
  std::map<std::string, std::string> reasons;
  const fs::path file = course.root / equivalent_file;
  if (!fs::exists(file)) return reasons;
  try {
    for (const auto& entry : nlohmann::json::parse(grader::read_text(file))) {
      reasons[entry.at("blank").get<std::string>() + ": " + entry.at("change").get<std::string>()] =
          entry.at("reason").get<std::string>();
    }
  } catch (const nlohmann::json::exception& error) {
    throw grader::UsageError(std::string(equivalent_file) + ":1: " + error.what());
  }
  return reasons;
}

std::vector<Candidate> sampled(std::vector<Candidate> all, std::size_t wanted) {
  if (wanted == 0 || wanted >= all.size()) return all;
  std::vector<Candidate> some;
  for (std::size_t i = 0; i < wanted; ++i) some.push_back(all[i * all.size() / wanted]);
  return some;
}

}  // namespace

GeneratedReport prove_generated(const ProofSetting& setting, int sample) {
  const grader::Overlay reference = solved_tree(setting.course, setting.work / "solved");
  const std::map<std::string, std::string> equivalents = listed_equivalents(setting.course);
  GeneratedReport report;
  for (const Module* module : setting.modules) {
    const std::vector<Candidate> tried =
        sampled(candidates_of(setting.course, *module), static_cast<std::size_t>(sample));
    std::vector<WrongBodies> bodies;
    for (const Candidate& one : tried) bodies.push_back({{one.mutant.blank, one.mutant.body}});
    const std::vector<Verdict> verdicts = verdicts_of(setting, reference, *module, bodies);

    GeneratedScore score{module->id, static_cast<int>(tried.size()), 0, 0, 0, {}};
    std::map<std::string, bool> survives;  // of those that are listed
    for (std::size_t i = 0; i < tried.size(); ++i) {
      if (!verdicts[i].error.empty()) continue;
      ++score.compiled;
      const std::string id = tried[i].id();
      const bool listed = equivalents.count(id) != 0;
      if (listed) survives[id] = survives[id] || verdicts[i].survived();
      if (!verdicts[i].survived()) ++score.noticed;
      else if (listed) ++score.equivalent;
      else score.survivors.push_back(tried[i].place + ": " + id);
    }
    for (const auto& [id, reason] : equivalents) {
      if (sample != 0 || module->find_blank(id.substr(0, id.find(':'))) == nullptr) continue;
      const auto found = survives.find(id);
      if (found != survives.end() && found->second) continue;
      report.problems.push_back(std::string(equivalent_file) + ":1: " + id +
                                (found == survives.end() ? " is not generated any more"
                                                         : " is noticed by a test after all"));
    }
    if (sample == 0 && score.percent() < generated_aim) {
      char words[32];
      std::snprintf(words, sizeof words, "%.1f %%", score.percent());
      report.problems.push_back("tests/pedagogy/" + module->id + ":1: notices " + words +
                                " of the generated mutants");
    }
    report.scores.push_back(std::move(score));
  }
  return report;
}

}  // namespace tito
