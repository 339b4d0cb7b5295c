#include "toolchain.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <set>

#include "compiler.hpp"
#include "earlier_modules.hpp"
#include "files.hpp"
#include "hash.hpp"
#include "object_cache.hpp"
#include "parallel.hpp"
#include "process.hpp"
#include "profiles.hpp"
#include "shown_names.hpp"
#include "test_bench.hpp"
#include "test_group.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

using Arguments = std::vector<std::string>;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t cache_limit = 3ull << 30;

void append(Arguments& list, const Arguments& more) {
  list.insert(list.end(), more.begin(), more.end());
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Arguments linker_choice() {
  return find_program("ld.lld").empty() ? Arguments{} : Arguments{"-fuse-ld=lld"};
}

/// Where a test source finds headers of ours: what stands in them goes into an object, too.
std::set<fs::path> header_folders(const Course& course, const std::vector<fs::path>& sources) {
  const fs::path tests = course.root / "tests";
  std::set<fs::path> folders = {tests / "support", tests / "regression"};
  for (const fs::path& source : sources) folders.insert(fs::absolute(source).parent_path());
  return folders;
}

/// A tree in which blanks are not written yet has parameters that nobody uses.
bool has_unwritten_blanks(const Overlay& overlay) {
  for (const auto& [id, folder] : overlay.folder) {
    for (const fs::path& file : list_files(folder, ".hpp")) {
      if (read_text(file).find(" todo(\"") != std::string::npos) return true;
    }
  }
  return false;
}

/// How the test sources of one build are compiled.
struct Recipe {
  Arguments flags;                          // the first two name the precompiled header
  std::string key;                          // of all that goes into an object but the source
  bool strict = false;                      // warnings are errors
  const EarlierModules* earlier = nullptr;  // precompiled; null: only the bench is
};

/// One build of test sources: plans the compiles, finds or makes the objects, links them.
class TestBuild {
 public:
  TestBuild(const Course& course, const Compiler& compiler, const TestBench& bench,
            const ObjectCache& cache, Recipe recipe, const Schedule& schedule)
      : course_(course),
        compiler_(compiler),
        bench_(bench),
        cache_(cache),
        recipe_(std::move(recipe)),
        schedule_(schedule) {}

  /// False if an earlier module does not compile, or the compiler fell over what it precompiled;
  /// then nothing was built.
  bool earlier_holds() const { return earlier_holds_; }

  void compile(const std::vector<fs::path>& files, BuildResult& result) {
    for (const fs::path& file : files) {
      sources_.push_back({fs::absolute(file), read_text(file)});
      result.sources.push_back({file, false, ""});
      append(recipe_.flags, {"-iquote", sources_.back().file.parent_path().string()});
    }
    const auto groups = plan_groups(sources_, schedule_.groups);
    std::vector<std::size_t> one_by_one;
    parallel_for(groups.size(), schedule_.jobs, [&](std::size_t g) {
      const auto failed = compile_group(groups[g], result);
      const std::lock_guard lock(mutex_);
      one_by_one.insert(one_by_one.end(), failed.begin(), failed.end());
    });
    parallel_for(one_by_one.size(), schedule_.jobs,
                 [&](std::size_t i) { compile_group({one_by_one[i]}, result); });
    result.cached = !compiled_anything_;
  }

  void link(const Arguments& link_flags, const std::string& name, BuildResult& result) {
    std::sort(objects_.begin(), objects_.end());
    if (objects_.empty()) return;
    Arguments inputs;
    for (const fs::path& object : objects_) inputs.push_back(object.string());
    if (recipe_.earlier != nullptr) inputs.push_back(recipe_.earlier->code());
    ContentHash hash;
    hash.add("link 2").add(bench_.key);
    for (const std::string& input : inputs) hash.add(input);
    for (const std::string& flag : link_flags) hash.add(flag);
    const fs::path program = cache_.place(hash.hex(), name);
    if (!cache_.has(program)) {
      if (!make_earlier()) return;
      result.cached = false;
      const bool linked = cache_.make(program, [&](const fs::path& to) {
        Arguments arguments = {"-o", to.string()};
        append(arguments, inputs);
        append(arguments, bench_.link_inputs);
        append(arguments, link_flags);
        const CompilerRun run = compiler_.run(arguments);
        result.link_log = run.log;
        return run.ok;
      });
      if (!linked) return;
      cache_.shrink_now_and_then(cache_limit);
    }
    result.executable = program;
  }

 private:
  /// Compiles a group to one object. Returns the sources to be tried alone: those of a group that
  /// failed although what they include compiles.
  std::vector<std::size_t> compile_group(const std::vector<std::size_t>& group,
                                         BuildResult& result) {
    const bool alone = group.size() == 1;
    ContentHash hash;
    hash.add("object 2").add(recipe_.key);
    for (const std::size_t i : group) {
      hash.add(sources_[i].file.lexically_relative(course_.root).string()).add(sources_[i].text);
    }
    const std::string key = hash.hex();
    // What was compiled without a warning serves also whoever does not ask for that.
    const fs::path strict = cache_.place(key, "strict.o");
    const bool has_strict = cache_.has(strict);
    const fs::path object = recipe_.strict || has_strict ? strict : cache_.place(key, "o");
    std::string log;
    if (!has_strict && !cache_.has(object)) {
      if (!make_earlier()) return {};
      fs::path input = sources_[group[0]].file;
      if (!alone) write_if_changed(input = cache_.place(key, "cpp"), group_text(sources_, group));
      const bool made = cache_.make(object, [&](const fs::path& to) {
        return run({"-c", input.string(), "-o", to.string()}, log);
      });
      if (!made && !alone) {
        if (includes_compile(group, key, log)) return group;
      }
      if (!made) {
        note(group, false, log, result);
        return {};
      }
    }
    note(group, true, log, result);
    const std::lock_guard lock(mutex_);
    objects_.push_back(object);
    return {};
  }

  /// If not, every source of the group has the same fault, and `log` tells it.
  bool includes_compile(const std::vector<std::size_t>& group, const std::string& key,
                        std::string& log) {
    const fs::path input = cache_.place(key, "includes.cpp");
    write_if_changed(input, includes_text(sources_, group));
    std::string includes_log;
    if (run({"-fsyntax-only", input.string()}, includes_log)) return true;
    log = includes_log;
    return false;
  }

  bool run(const Arguments& more, std::string& log) {
    Arguments arguments = recipe_.flags;
    append(arguments, more);
    const CompilerRun run = [&] {
      const Slots::Holder slot(*schedule_.slots);
      return compiler_.run(arguments);
    }();
    log = run.log;
    if (recipe_.earlier != nullptr && log.find("PLEASE submit a bug report") != std::string::npos) {
      earlier_holds_ = false;  // clang's words when it is clang that failed
    }
    const std::lock_guard lock(mutex_);
    compiled_anything_ = true;
    return run.ok;
  }

  /// The earlier modules, precompiled: when first needed.
  bool make_earlier() {
    if (recipe_.earlier == nullptr) return true;
    std::call_once(earlier_made_, [&] {
      if (recipe_.earlier->make()) {
        recipe_.flags.at(1) = recipe_.earlier->precompiled();
      } else {
        earlier_holds_ = false;
      }
    });
    return earlier_holds_;
  }

  void note(const std::vector<std::size_t>& group, bool ok, const std::string& log,
            BuildResult& result) {
    const std::lock_guard lock(mutex_);
    for (const std::size_t i : group) {
      result.sources[i].ok = ok;
      result.sources[i].log = log;
    }
  }

  const Course& course_;
  const Compiler& compiler_;
  const TestBench& bench_;
  const ObjectCache& cache_;
  Recipe recipe_;
  const Schedule& schedule_;
  std::vector<TestSource> sources_;
  std::vector<fs::path> objects_;
  std::mutex mutex_;
  std::once_flag earlier_made_;
  std::atomic<bool> earlier_holds_{true};
  bool compiled_anything_ = false;
};

}  // namespace

Toolchain::Toolchain(const Course& course, std::string compiler, std::string profile,
                     fs::path cache)
    : course_(&course),
      compiler_(std::move(compiler)),
      profile_(std::move(profile)),
      cache_(fs::absolute(cache)) {}

BuildResult Toolchain::build(const std::vector<fs::path>& sources, const Overlay& overlay,
                             const Module& last, const std::string& name, bool werror) const {
  const Inputs inputs{sources, overlay.up_to(*course_, last.number()), last, name, werror};
  if (const auto result = build_once(inputs, true)) return *result;
  return build_once(inputs, false).value();
}

std::optional<BuildResult> Toolchain::build_once(const Inputs& inputs, bool with_earlier) const {
  const auto start = Clock::now();
  const Compiler compiler(compiler_);
  const ObjectCache cache(cache_);
  const Profiles profiles = Profiles::load(course_->root);
  const Profile profile = profiles.at(profile_);
  const TestBench bench = prepare_bench(*course_, compiler, profile, cache, schedule_.jobs);

  Arguments words = {compiler.is_clang() ? "-ferror-limit=20" : "-fmax-errors=20"};
  Arguments warnings;
  if (inputs.werror) {
    warnings = profiles.warnings;
    warnings.push_back("-Werror");
    if (has_unwritten_blanks(inputs.overlay)) append(warnings, profiles.skeleton_warnings);
  }
  const EarlierModules earlier(*course_, compiler, bench, cache, inputs.overlay, inputs.last,
                               words);
  Recipe recipe;
  recipe.strict = inputs.werror;
  recipe.earlier = with_earlier && !earlier.is_empty() ? &earlier : nullptr;
  recipe.flags = bench.compile_flags;
  append(recipe.flags, {"-I", written_overlay(*course_, cache, inputs.overlay).string()});
  append(recipe.flags, short_names(*course_, compiler, inputs.overlay));
  append(recipe.flags, words);
  append(recipe.flags, warnings);

  ContentHash key;
  key.add(bench.key).add(overlay_hash(*course_, inputs.overlay, inputs.last));
  key.add(recipe.earlier != nullptr ? recipe.earlier->key() : "");
  for (const std::string& word : words) key.add(word);
  for (const fs::path& folder : header_folders(*course_, inputs.sources)) {
    for (const fs::path& header : list_files(folder, ".hpp")) {
      key.add(header.string()).add(read_text(header));
    }
  }
  recipe.key = key.hex();

  BuildResult result;
  TestBuild build(*course_, compiler, bench, cache, recipe, schedule_);
  build.compile(inputs.sources, result);
  if (!build.earlier_holds()) return std::nullopt;
  result.compile_seconds = seconds_since(start);

  const auto link_start = Clock::now();
  Arguments link_flags = profile.link;
  append(link_flags, profiles.test_link);
  append(link_flags, linker_choice());
  build.link(link_flags, inputs.name, result);
  if (!build.earlier_holds()) return std::nullopt;
  // A function that an earlier module announces and a later one defines is not in the earlier
  // modules' code, and a test that calls it only through them does not bring it either.
  if (with_earlier && !result.link_log.empty() && result.executable.empty()) return std::nullopt;
  result.link_seconds = seconds_since(link_start);
  result.ok =
      !result.executable.empty() &&
      std::all_of(result.sources.begin(), result.sources.end(), [](const auto& s) { return s.ok; });
  return result;
}

BuildResult Toolchain::build_program(const fs::path& source, const Overlay& overlay,
                                     const std::string& name,
                                     const std::vector<std::string>& extra_flags) const {
  const auto start = Clock::now();
  const Compiler compiler(compiler_);
  const ObjectCache cache(cache_);
  const Profiles profiles = Profiles::load(course_->root);
  const fs::path folder = cache.folder() / "programs" /
                          content_hash(fs::absolute(source).string() + compiler_ + profile_);
  fs::create_directories(folder);
  const fs::path program = folder / name;

  BuildResult result;
  const bool made = cache.make(program, [&](const fs::path& to) {
    Arguments arguments = flags(written_overlay(*course_, cache, overlay));
    append(arguments, short_names(*course_, compiler, overlay));
    append(arguments, extra_flags);
    append(arguments, {"-pipe", fs::absolute(source).string(), "-o", to.string()});
    append(arguments, profiles.at(profile_).link);
    append(arguments, linker_choice());
    const CompilerRun run = compiler.run(arguments);
    result.sources.push_back({source, run.ok, run.log});
    return run.ok;
  });
  result.compile_seconds = seconds_since(start);
  result.ok = made;
  if (made) result.executable = program;
  return result;
}

std::vector<std::string> Toolchain::flags(const fs::path& include_dir) const {
  Arguments flags = Profiles::load(course_->root).at(profile_).compile;
  append(flags, {"-I", include_dir.string()});
  return flags;
}

}  // namespace grader
