#include "verdict.hpp"

#include <signal.h>

#include <algorithm>
#include <cstring>

#include "files.hpp"
#include "frames.hpp"
#include "sanitizer_report.hpp"
#include "text.hpp"

namespace grader {
namespace {

constexpr std::size_t message_limit = 4 << 10;
constexpr int wrong_case_exit_code = 97;  // tests/support/recorder.cpp

std::string place_of(const Frame& frame) {
  return frame.file + ":" + std::to_string(frame.line) +
         (frame.function.empty() ? "" : "   " + frame.function);
}

/// The line of the student's code that has most to do with it, and who called it.
std::string where_words(const std::vector<Frame>& frames, const char* verb) {
  if (frames.empty()) return {};
  const auto is_test = [](const Frame& frame) { return frame.file.starts_with("tests/"); };
  const auto test = std::find_if(frames.begin(), frames.end(), is_test);
  const Frame* own = first_student_frame(frames);
  const Frame& shown = own != nullptr ? *own : test != frames.end() ? *test : frames.front();
  std::string words = std::string("\n  ") + verb + " " + place_of(shown);
  if (test != frames.end() && &*test != &shown) words += "\n  called from " + place_of(*test);
  return words;
}

std::string first_line_with(const std::string& text, std::string_view word) {
  for (const std::string& line : split_lines(text)) {
    if (line.find(word) != line.npos) return line;
  }
  return {};
}

/// abort() has many reasons; the program's last words on stderr name it.
std::string abort_words(const std::string& err) {
  if (const std::string line = first_line_with(err, "Assertion '"); !line.empty()) {
    const std::string condition = line.substr(line.find("Assertion '"));
    if (condition.find("__n < this->size()") != condition.npos)
      return "an index past the end of a std::vector";
    if (condition.find("!this->empty()") != condition.npos)
      return "front or back of an empty std::vector";
    if (condition.find("_M_ptr != nullptr") != condition.npos ||
        condition.find("get() != pointer()") != condition.npos)
      return "a null pointer is followed";
    return "the standard library refuses: " + condition;
  }
  if (const std::string line = first_line_with(err, "terminate called"); !line.empty()) {
    const std::string what = first_line_with(err, "what():");
    return "an exception that nobody may catch here (a destructor, noexcept or a thread)" +
           (what.empty() ? "" : ":" + what.substr(what.find("what():") + 7));
  }
  if (const std::string line = first_line_with(err, "free()"); !line.empty())
    return "damaged memory: " + line;
  if (const std::string line = first_line_with(err, "malloc"); !line.empty())
    return "damaged memory: " + line;
  return "the program called abort";
}

std::string signal_words(int signal, const Record& record, const std::string& err) {
  if (record.stack_overflow)
    return "stack overflow: a function calls itself without end, or far too deep";
  switch (signal) {
    case SIGSEGV: return "reads or writes memory that does not belong to it (SIGSEGV)";
    case SIGBUS: return "reads or writes memory that is not there (SIGBUS)";
    case SIGFPE: return "a whole number is divided by zero (SIGFPE)";
    case SIGILL:
      return "runs into code that must not be reached, perhaps a missing return (SIGILL)";
    case SIGABRT: return abort_words(err);
    case SIGXFSZ: return "writes a file that is too large (SIGXFSZ)";
    default:
      return std::string("ended by signal ") + std::to_string(signal) + " (" + strsignal(signal) +
             ")";
  }
}

std::string failure_words(const Record& record) {
  if (record.failures.empty()) return "a check failed";
  const FailedAssertion& first = record.failures.front();
  std::string words;
  const bool says_nothing = first.expression.empty() || first.expression.ends_with("(  )") ||
                            first.expression.find("{Unknown expression") != std::string::npos;
  if (!says_nothing) {
    words = first.expression + "\n";
  }
  for (const std::string& line : split_lines(first.expansion)) words += "  " + line + "\n";
  words += "  at " + first.file + ":" + std::to_string(first.line);
  const std::size_t more = record.failures.size() - 1;
  if (more > 0)
    words += "\n  and " + std::to_string(more) + (more == 1 ? " check more" : " checks more");
  return words;
}

/// Decides, from the gravest to the mildest: the first that applies is the verdict.
class Judge {
 public:
  Judge(const std::filesystem::path& executable, const Limits& limits, const ProcessResult& process,
        const Record& record, TestResult& result)
      : executable_(executable),
        limits_(limits),
        process_(process),
        record_(record),
        result_(result) {}

  void decide() {
    const bool decided = wrong_case() || blank() || timeout() || sanitizer() || crash() ||
                         unfinished() || failure() || bad_exit() || nothing_checked() ||
                         left_behind();
    if (!decided) set(Status::pass, "");
  }

 private:
  bool set(Status status, std::string message) {
    result_.status = status;
    result_.message = clean_text(message, message_limit);
    return true;
  }

  int signal() const {
    if (record_.signalled) return record_.signal;
    if (process_.signal != 0) return process_.signal;
    return 0;
  }

  bool wrong_case() {
    if (!record_.wrong_case && process_.exit_code != wrong_case_exit_code) return false;
    return set(Status::infra_error,
               "the test program ran another test than the one that was asked for");
  }

  bool blank() {
    if (record_.todo_blank.empty()) return false;
    result_.todo_blank = record_.todo_blank;
    result_.todo_function = record_.todo_function;
    const std::string function =
        record_.todo_function.empty() ? "" : " (" + record_.todo_function + ")";
    return set(Status::todo, "blank " + record_.todo_blank + function + " is not written yet");
  }

  bool timeout() {
    const bool cpu = signal() == SIGXCPU ||
                     (process_.signal == SIGKILL && process_.cpu_seconds >= limits_.cpu_seconds);
    if (!process_.timed_out && !cpu) return false;
    result_.frames = resolve_frames(executable_, record_.addresses);
    const std::string limit = cpu ? human_seconds(limits_.cpu_seconds) + " of computing"
                                  : human_seconds(limits_.wall_seconds);
    return set(Status::timeout,
               "did not finish in " + limit + where_words(result_.frames, "last seen in"));
  }

  bool sanitizer() {
    const SanitizerReport report = parse_sanitizer_report(process_.err);
    if (!report.found || process_.exit_code == 0) return false;
    if (report.leak && record_.failed > 0) return false;  // the failing check is the better news
    result_.frames = report.frames;
    const Status status = report.leak            ? Status::leak
                          : report.out_of_memory ? Status::memory
                                                 : Status::sanitizer;
    return set(status, report.sentence + where_words(report.frames, "in"));
  }

  bool crash() {
    if (signal() == 0) return false;
    const bool no_memory = process_.err.find("std::bad_alloc") != std::string::npos;
    if (process_.signal == SIGKILL || (signal() == SIGABRT && no_memory)) {
      return set(Status::memory,
                 "needed more than " + human_bytes(limits_.memory_bytes) + " of memory");
    }
    result_.frames = resolve_frames(executable_, record_.addresses);
    const std::string late = record_.ended ? "after the test, while the program ended: " : "";
    return set(Status::crash, late + signal_words(signal(), record_, process_.err) +
                                  where_words(result_.frames, "in"));
  }

  bool unfinished() {
    if (record_.ended) return false;
    const std::string code = " (exit code " + std::to_string(process_.exit_code) + ")";
    return set(Status::crash, record_.begun ? "the process ended before the test did" + code
                                            : "the process ended before the test began" + code);
  }

  bool failure() {
    if (record_.failed == 0) return false;
    if (record_.out_of_memory) {
      return set(Status::memory, "needed more than " + human_bytes(limits_.memory_bytes) +
                                     " of memory\n" + failure_words(record_));
    }
    return set(Status::fail, failure_words(record_));
  }

  bool bad_exit() {
    if (process_.exit_code == 0) return false;
    return set(Status::crash, "every check passed, but the process ended with exit code " +
                                  std::to_string(process_.exit_code));
  }

  bool nothing_checked() {
    return record_.assertions == 0 &&
           set(Status::no_assertions, "the test ended without checking anything");
  }

  bool left_behind() {
    if (process_.left_processes) return set(Status::leak, "left another process running");
    if (record_.leaked_bytes == 0) return false;
    return set(Status::leak,
               human_bytes(record_.leaked_bytes) +
                   " of tensor storage are still held after the test: who keeps a Tensor alive?");
  }

  const std::filesystem::path& executable_;
  const Limits& limits_;
  const ProcessResult& process_;
  const Record& record_;
  TestResult& result_;
};

}  // namespace

TestResult judge(const std::filesystem::path& executable, const Limits& limits,
                 const ProcessResult& process, const Record& record) {
  TestResult result;
  result.failures = record.failures;
  result.assertions = record.assertions;
  result.leaked_bytes = record.leaked_bytes;
  result.seconds = process.wall_seconds;
  const std::string errors = limits.sanitized ? without_sanitizer_report(process.err) : process.err;
  result.output = clean_text(process.out + errors, message_limit);
  Judge(executable, limits, process, record, result).decide();
  return result;
}

}  // namespace grader
