#include "observe/observer.hpp"

#include <signal.h>

#include <algorithm>

#include "files.hpp"
#include "hash.hpp"
#include "profiles.hpp"
#include "scratch.hpp"
#include "shown_names.hpp"
#include "text.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

using Arguments = std::vector<std::string>;

// Of one process, which runs all cases of a module: they take milliseconds each.
constexpr double wall_seconds = 120, cpu_seconds = 60;
constexpr std::uint64_t memory_bytes = 1ull << 30, stack_bytes = 8 << 20, output_bytes = 8 << 20;
constexpr int most_timeouts = 3, most_crashes = 40;
// One endless loop in an early module shows in all modules, and in each run that looks for the blame:
// after so many cases of a submission that did not end, the rest get an eighth of the time.
constexpr int timeouts_of_patience = 6;

void append(Arguments& list, const Arguments& more) {
  list.insert(list.end(), more.begin(), more.end());
}

/// Why a process did not come to the end of a case.
CaseOutcome interrupted(const ProcessResult& process, double patience) {
  CaseOutcome outcome;
  if (process.timed_out || process.signal == SIGXCPU) {
    outcome.status = Status::timeout;
    outcome.words = "did not end: nothing came for " + human_seconds(patience);
  } else if (process.signal != 0) {
    outcome.status = Status::crash;
    outcome.words = std::string("crashed: ") + strsignal(process.signal);
  } else {
    outcome.status = Status::crash;
    outcome.words = "ended the program with exit code " + std::to_string(process.exit_code);
  }
  return outcome;
}

CaseOutcome completed(CaseRecord record) {
  CaseOutcome outcome;
  outcome.status = Status::pass;
  if (!record.todo.empty()) {
    outcome.status = Status::todo;
    outcome.words = "TODO " + clean_text(record.todo, 20) + " is not written yet";
  }
  outcome.record = std::move(record);
  return outcome;
}

}  // namespace

Observers::Observers(const Course& course, const std::string& compiler, const fs::path& cache,
                     const Sandbox& sandbox, double patience)
    : course_(course),
      compiler_(compiler),
      cache_(fs::absolute(cache)),
      sandbox_(sandbox),
      patience_(patience),
      bench_(prepare_bench()) {}

double Observers::patience() const {
  return timeouts_ < timeouts_of_patience ? patience_ : patience_ / 8;
}

bool Observers::has(const Module& module) const { return fs::exists(source_of(module)); }

fs::path Observers::source_of(const Module& module) const {
  return course_.root / "grader" / "observe" / (module.id + ".cpp");
}

Arguments Observers::base_flags() const {
  Arguments flags = Profiles::load(course_.root).at("plain").compile;
  append(flags, {"-g0", "-pipe"});
  return flags;
}

Observers::Bench Observers::prepare_bench() const {
  const fs::path folder = course_.root / "grader" / "observe";
  const fs::path include =
      write_overlay(course_, Overlay{}, cache_.folder() / "overlays" / "support");
  ContentHash hash;
  hash.add("observe 1").add(compiler_.identity()).add(support_hash(course_)).add(include.string());
  for (const std::string& flag : base_flags()) hash.add(flag);
  for (const char* name : {"observe.hpp", "main.cpp"})
    hash.add((folder / name).string()).add(read_text(folder / name));
  const std::string key = hash.hex();
  const bool clang = compiler_.is_clang();
  Bench bench{key, cache_.place(key, "observe.hpp"),
              cache_.place(key, clang ? "pch" : "observe.hpp.gch"), cache_.place(key, "main.o")};
  const auto ready = [&] {
    return cache_.has(bench.header) && cache_.has(bench.precompiled) && cache_.has(bench.main);
  };
  if (ready()) return bench;
  fs::create_directories(bench.header.parent_path());
  const FileLock lock(cache_.place(key, "lock"));
  if (ready()) return bench;
  write_if_changed(bench.header, "#include \"" + (folder / "observe.hpp").string() + "\"\n");
  const auto compile = [&](const fs::path& target, const Arguments& more) {
    cache_.make(target, [&](const fs::path& to) {
      Arguments arguments = base_flags();
      append(arguments, {"-I", include.string()});
      append(arguments, more);
      append(arguments, {"-o", to.string()});
      const CompilerRun run = compiler_.run(arguments);
      if (!run.ok)
        throw InfrastructureError("cannot compile grader/observe, which every mark needs\n" +
                                  run.log);
      return true;
    });
  };
  Arguments header = {"-x", "c++-header", bench.header.string()};
  if (clang) append(header, {"-fpch-instantiate-templates", "-Xclang", "-fno-pch-timestamp"});
  compile(bench.precompiled, header);
  compile(bench.main, {"-c", (folder / "main.cpp").string()});
  return bench;
}

ObserverProgram Observers::build(const Module& module, const Overlay& whole, Trust trust) const {
  const Overlay overlay = whole.up_to(course_, module.number());
  const fs::path source = source_of(module), folder = source.parent_path();
  ContentHash hash;
  hash.add(bench_.key).add(overlay_hash(course_, overlay, module)).add(module.id);
  hash.add(read_text(source));
  for (const fs::path& header : list_files(folder, ".hpp")) hash.add(read_text(header));
  ObserverProgram result;
  result.key = hash.hex();
  {
    const std::lock_guard lock(built_mutex_);
    const auto known = built_.find(result.key);
    if (known != built_.end() &&
        (known->second.program.empty() || cache_.has(known->second.program))) {
      return known->second;
    }
  }
  const fs::path program = cache_.place(result.key, "observer");
  const fs::path include = written_overlay(course_, cache_, overlay);

  Arguments arguments = base_flags();
  append(arguments, compiler_.is_clang()
                        ? Arguments{"-include-pch", bench_.precompiled.string(), "-ferror-limit=20"}
                        : Arguments{"-include", bench_.header.string(), "-fmax-errors=20"});
  append(arguments, {"-I", include.string()});
  append(arguments, short_names(course_, compiler_, overlay));
  append(arguments, {source.string(), bench_.main.string(), "-no-pie"});
  if (!find_program("ld.lld").empty()) arguments.push_back("-fuse-ld=lld");

  const bool made = cache_.has(program) || cache_.make(program, [&](const fs::path& to) {
    const ScratchFolder out(cache_.folder(), "compile");
    const fs::path made_inside = out.path() / "observer";
    append(arguments, {"-o", made_inside.string()});
    Box box;
    box.readable = {include,       cache_.folder() / "overlays" / "support",
                    folder,        course_.root / "modules" / "support",
                    bench_.header, bench_.precompiled,
                    bench_.main};
    for (const auto& [id, headers] : overlay.folder) box.readable.push_back(fs::absolute(headers));
    box.writable = out.path();
    const Sandbox walls = trust == Trust::stranger ? sandbox_ : Sandbox();
    walls.give(out.path());
    const CompilerRun run = compiler_.run(arguments, walls, box);
    result.log = run.log;
    result.seconds = run.seconds;
    if (!run.ok || !fs::is_regular_file(fs::symlink_status(made_inside))) return false;
    fs::copy_file(made_inside, to);
    fs::permissions(to, fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                            fs::perms::others_read | fs::perms::others_exec);
    return true;
  });
  if (made) result.program = program;
  const std::lock_guard lock(built_mutex_);
  return built_[result.key] = std::move(result);
}

std::vector<ObservationInfo> Observers::list(const ObserverProgram& program) const {
  if (program.program.empty())
    throw InfrastructureError("an observation program does not compile with the reference\n" +
                              program.log);
  ProcessSpec spec;
  spec.arguments = {program.program.string(), "--list"};
  spec.environment = minimal_environment();
  spec.wall_seconds = 60;
  const ProcessResult result = run_process(spec);
  std::vector<ObservationInfo> infos;
  for (const std::string& line : split_lines(result.out)) {
    const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
    if (second == line.npos) continue;
    infos.push_back({line.substr(0, first), line.substr(second + 1),
                     std::stoi(line.substr(first + 1, second - first - 1))});
  }
  if (!result.ok() || infos.empty())
    throw InfrastructureError("an observation program does not list its observations\n  " +
                              result.err);
  return infos;
}

ProcessResult Observers::run_once(const ObserverProgram& program, std::uint64_t seed,
                                  const std::vector<CaseId>& cases, Trust trust,
                                  const std::vector<std::string>& environment) const {
  ProcessSpec spec;
  spec.arguments = {program.program.string()};
  spec.environment = minimal_environment();
  append(spec.environment, environment);
  spec.input = hex_digits(seed) + "\n";
  for (const CaseId& id : cases)
    spec.input += std::to_string(id.observation) + " " + std::to_string(id.repetition) + "\n";
  spec.idle_seconds = trust == Trust::ours ? std::max(60.0, patience_) : patience();  // ours ends
  spec.wall_seconds = wall_seconds;
  spec.cpu_seconds = cpu_seconds;
  spec.memory_bytes = memory_bytes;
  spec.file_bytes = 16 << 20;
  spec.stack_bytes = stack_bytes;
  spec.output_bytes = output_bytes;
  spec.record_pipe = true;
  const Sandbox walls = trust == Trust::stranger ? sandbox_ : Sandbox();
  Box box{.readable = {program.program}, .writable = {}};
  if (walls.level() == Confinement::full) return walls.run(spec, box);  // /tmp is its own there
  const ScratchFolder files(cache_.folder(), "files");
  walls.give(files.path());
  box.writable = files.path();
  spec.folder = files.path();
  return walls.run(spec, box);
}

Outcomes Observers::run(const ObserverProgram& program, std::uint64_t seed,
                        const std::vector<CaseId>& cases, Trust trust,
                        const std::vector<std::string>& environment) const {
  Outcomes outcomes;
  int timeouts = 0, crashes = 0;
  for (std::size_t next = 0; next < cases.size();) {
    const std::vector<CaseId> rest(cases.begin() + static_cast<std::ptrdiff_t>(next), cases.end());
    const double waited = patience();
    const ProcessResult process = run_once(program, seed, rest, trust, environment);
    Seen seen = parse_seen(process.record);
    for (; next < cases.size() && seen.count(cases[next]) && seen[cases[next]].ended; ++next)
      outcomes[cases[next]] = completed(std::move(seen[cases[next]]));
    if (next == cases.size()) break;
    CaseOutcome& outcome = outcomes[cases[next]] = interrupted(process, waited);
    ++next;
    ++(outcome.status == Status::timeout ? timeouts : crashes);
    if (outcome.status == Status::timeout) ++timeouts_;
    if (timeouts < most_timeouts && crashes < most_crashes) continue;
    for (const CaseOutcome last = outcome; next < cases.size(); ++next) {
      outcomes[cases[next]] = {Status::not_run, {}, "not run: earlier cases " + last.words};
    }
  }
  return outcomes;
}

}  // namespace grader
