#include "toolchain.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>

#include "compiler.hpp"
#include "earlier_modules.hpp"
#include "files.hpp"
#include "hash.hpp"
#include "object_cache.hpp"
#include "parallel.hpp"
#include "process.hpp"
#include "profiles.hpp"
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

/// How a folder of headers is called in messages and debug information: from the repository's root
/// on, and modules/NN_name for a submission that was copied below build/.
fs::path shown_name(const Course& course, const fs::path& folder) {
  const fs::path below_root = fs::absolute(folder).lexically_relative(course.root);
  const std::string first = below_root.empty() ? "" : below_root.begin()->string();
  if (first == "modules" || first == "solutions") return below_root;
  return fs::path("modules") / folder.filename();
}

/// __FILE__ and the line tables name files as a person calls them, wherever the repository lies.
Arguments short_names(const Course& course, const Compiler& compiler, const Overlay& overlay) {
  Arguments flags;
  if (compiler.is_clang())
    flags.push_back("-ffile-compilation-dir=.");  // else it puts our folder before each
  const auto map = [&](const fs::path& folder, const fs::path& name) {
    flags.push_back("-ffile-prefix-map=" + folder.string() + "=" + name.string());
  };
  map(course.root / "tests", "tests");
  map(course.root / "modules" / "support", "modules/support");
  for (const auto& [id, folder] : overlay.folder)
    map(fs::absolute(folder), shown_name(course, folder));
  return flags;
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

/// One build of test sources: plans the compiles, finds or makes the objects, links them.
class TestBuild {
 public:
  TestBuild(const Course& course, const Compiler& compiler, const TestBench& bench,
            const ObjectCache& cache, Arguments flags, std::string base_key,
            const Schedule& schedule)
      : course_(course),
        compiler_(compiler),
        bench_(bench),
        cache_(cache),
        flags_(std::move(flags)),
        base_key_(std::move(base_key)),
        schedule_(schedule) {}

  void compile(const std::vector<fs::path>& files, BuildResult& result) {
    for (const fs::path& file : files) {
      sources_.push_back({fs::absolute(file), read_text(file)});
      result.sources.push_back({file, false, ""});
      flags_.push_back("-iquote");
      flags_.push_back(sources_.back().file.parent_path().string());
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
    ContentHash hash;
    hash.add("link 1").add(bench_.key);
    for (const fs::path& object : objects_) hash.add(object.string());
    for (const std::string& flag : link_flags) hash.add(flag);
    const fs::path program = cache_.place(hash.hex(), name);
    if (!cache_.has(program)) {
      result.cached = false;
      const bool linked = cache_.make(program, [&](const fs::path& to) {
        Arguments arguments = {"-o", to.string()};
        for (const fs::path& object : objects_) arguments.push_back(object.string());
        append(arguments, bench_.link_inputs);
        append(arguments, link_flags);
        const CompilerRun run = compiler_.run(arguments);
        result.link_log = run.log;
        return run.ok;
      });
      if (!linked) return;
      cache_.shrink(cache_limit);
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
    hash.add("object 1").add(base_key_);
    for (const std::size_t i : group) {
      hash.add(sources_[i].file.lexically_relative(course_.root).string()).add(sources_[i].text);
    }
    const std::string key = hash.hex();
    const fs::path object = cache_.place(key, "o");
    std::string log;
    if (!cache_.has(object)) {
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
    Arguments arguments = flags_;
    append(arguments, more);
    const CompilerRun run = [&] {
      const Slots::Holder slot(*schedule_.slots);
      return compiler_.run(arguments);
    }();
    log = run.log;
    const std::lock_guard lock(mutex_);
    compiled_anything_ = true;
    return run.ok;
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
  Arguments flags_;
  std::string base_key_;
  const Schedule& schedule_;
  std::vector<TestSource> sources_;
  std::vector<fs::path> objects_;
  std::mutex mutex_;
  bool compiled_anything_ = false;
};

fs::path overlay_folder(const ObjectCache& cache, const Overlay& overlay) {
  ContentHash hash;
  for (const auto& [id, folder] : overlay.folder) hash.add(id).add(fs::absolute(folder).string());
  return cache.folder() / "overlays" / hash.hex();
}

fs::path written_overlay(const Course& course, const ObjectCache& cache, const Overlay& overlay) {
  return write_overlay(course, overlay, overlay_folder(cache, overlay));
}

}  // namespace

Toolchain::Toolchain(const Course& course, std::string compiler, std::string profile,
                     fs::path cache)
    : course_(&course),
      compiler_(std::move(compiler)),
      profile_(std::move(profile)),
      cache_(fs::absolute(cache)) {}

BuildResult Toolchain::build(const std::vector<fs::path>& sources, const Overlay& overlay,
                             const Module& last, const std::string& name, bool werror) const {
  BuildResult result = build_once(sources, overlay, last, name, werror, true);
  // A function that an earlier module announces and a later one defines is not in the earlier
  // modules' code, and a test that calls it only through them does not bring it either.
  if (!result.link_log.empty() && result.executable.empty()) {
    result = build_once(sources, overlay, last, name, werror, false);
  }
  return result;
}

BuildResult Toolchain::build_once(const std::vector<fs::path>& sources, const Overlay& overlay,
                                  const Module& last, const std::string& name, bool werror,
                                  bool prepare) const {
  const auto start = Clock::now();
  const Compiler compiler(compiler_);
  const ObjectCache cache(cache_);
  const Profiles profiles = Profiles::load(course_->root);
  const Profile& profile = profiles.at(profile_);
  TestBench bench = prepare_bench(*course_, compiler, profile, cache, schedule_.jobs);

  Arguments flags = bench.compile_flags;
  append(flags, {"-I", written_overlay(*course_, cache, overlay).string()});
  append(flags, short_names(*course_, compiler, overlay));
  flags.push_back(compiler.is_clang() ? "-ferror-limit=20" : "-fmax-errors=20");
  if (werror) {
    append(flags, profiles.warnings);
    flags.push_back("-Werror");
    if (has_unwritten_blanks(overlay)) append(flags, profiles.skeleton_warnings);
  }
  std::optional<EarlierModules> earlier;
  if (prepare) earlier = prepare_earlier(*course_, compiler, bench, cache, overlay, last, flags);
  if (earlier) {
    flags.at(1) = earlier->precompiled;  // in place of the bench's, which it names in turn
    bench.link_inputs.insert(bench.link_inputs.begin(), earlier->code);
  }
  ContentHash key;
  key.add(bench.key).add(overlay_hash(*course_, overlay, last));
  for (const std::string& flag : flags) key.add(flag);
  for (const fs::path& header : list_files(course_->root / "tests" / "support", ".hpp")) {
    key.add(header.string()).add(read_text(header));
  }

  BuildResult result;
  TestBuild build(*course_, compiler, bench, cache, flags, key.hex(), schedule_);
  build.compile(sources, result);
  result.compile_seconds = seconds_since(start);

  const auto link_start = Clock::now();
  Arguments link_flags = profile.link;
  append(link_flags, profiles.test_link);
  append(link_flags, linker_choice());
  build.link(link_flags, name, result);
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
