#include "process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

#include "course.hpp"
#include "text.hpp"

namespace grader {
namespace {

using Clock = std::chrono::steady_clock;
constexpr double grace_seconds = 0.5;  // between the warning signal and SIGKILL
constexpr int first_free_descriptor =
    16;  // ours start here, so that dup2 onto 0..3 never hits one of them

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

[[noreturn]] void fail_with_errno(const std::string& what) {
  throw InfrastructureError(what + ": " + std::strerror(errno));
}

/// Owns a file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    reset();
    fd_ = other.release();
    return *this;
  }
  ~Descriptor() { reset(); }
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  void reset() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int release() {
    const int fd = fd_;
    fd_ = -1;
    return fd;
  }
  int fd_ = -1;
};

Descriptor move_high(int fd) {
  const int high = fcntl(fd, F_DUPFD_CLOEXEC, first_free_descriptor);
  const int problem = errno;
  close(fd);
  errno = problem;
  if (high < 0) fail_with_errno("cannot open another file descriptor");
  return Descriptor(high);
}

struct Pipe {
  Descriptor read, write;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) fail_with_errno("cannot make a pipe");
    read = move_high(ends[0]);
    write = move_high(ends[1]);
  }
};

/// What the child needs, prepared before fork: after it only async-signal-safe calls are allowed.
struct Launch {
  std::string program;
  std::vector<char*> argv, envp;
  int in, out, err, record, passed, problem;
};

void limit(int resource, std::uint64_t soft, std::uint64_t hard) {
  const rlimit value{static_cast<rlim_t>(soft), static_cast<rlim_t>(hard)};
  setrlimit(static_cast<__rlimit_resource>(resource), &value);
}

/// Gives up root, and with it every supplementary group.
bool drop_to(const Identity& identity) {
  return setgroups(0, nullptr) == 0 && setgid(identity.group) == 0 && setuid(identity.user) == 0;
}

[[noreturn]] void become(const Launch& launch, const ProcessSpec& spec, pid_t parent) {
  setpgid(0, 0);
  const bool identity_holds = !spec.run_as || drop_to(*spec.run_as);
  // A grader that is killed leaves no student program running. (Another user forgets it: after.)
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_NOFILE, 256, 256);
  if (spec.memory_bytes > 0) limit(RLIMIT_AS, spec.memory_bytes, spec.memory_bytes);
  if (spec.file_bytes > 0) limit(RLIMIT_FSIZE, spec.file_bytes, spec.file_bytes);
  if (spec.stack_bytes > 0) limit(RLIMIT_STACK, spec.stack_bytes, spec.stack_bytes);
  if (spec.cpu_seconds > 0) {
    const auto soft = static_cast<std::uint64_t>(std::ceil(spec.cpu_seconds));
    limit(RLIMIT_CPU, soft, soft + 2);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  dup2(launch.in, 0);
  dup2(launch.out, 1);
  dup2(launch.err, 2);
  const int problem = dup2(launch.problem, 5);
  fcntl(problem, F_SETFD, FD_CLOEXEC);
  if (launch.record >= 0) dup2(launch.record, 3);
  if (launch.passed >= 0) dup2(launch.passed, 4);
  if (launch.record < 0) close(3);
  if (launch.passed < 0) close(4);
  close_range(static_cast<unsigned>(problem) + 1, ~0u, 0);
  if (!identity_holds) {
    errno = EPERM;
  } else if (spec.folder.empty() || chdir(spec.folder.c_str()) == 0) {
    execve(launch.program.c_str(), launch.argv.data(), launch.envp.data());
  }
  const int error = errno;
  [[maybe_unused]] const auto written = write(problem, &error, sizeof error);
  _exit(127);
}

/// One of the child's pipes, read up to a limit; the rest is thrown away so that the child never
/// blocks on it.
struct Stream {
  Descriptor fd;
  std::string* into = nullptr;
};

/// True while there may be more. Reads what is there now.
bool drain(Stream& stream, std::uint64_t keep, bool& cut) {
  std::array<char, 65536> buffer;
  const ssize_t n = read(stream.fd.get(), buffer.data(), buffer.size());
  if (n < 0) return errno == EAGAIN || errno == EINTR;
  if (n == 0) return false;
  const auto size = static_cast<std::uint64_t>(n);
  const std::uint64_t room = keep > stream.into->size() ? keep - stream.into->size() : 0;
  stream.into->append(buffer.data(), static_cast<std::size_t>(std::min(room, size)));
  cut = cut || size > room;
  return true;
}

/// CPU time that a process has used so far; 0 if nobody knows.
double cpu_seconds_of(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string line;
  std::getline(file, line);
  const std::size_t name_end = line.rfind(')');  // the name before it may hold anything
  if (name_end == line.npos) return 0;
  std::istringstream fields(line.substr(name_end + 1));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// Follows one child from its start to its end.
class Watch {
 public:
  Watch(pid_t child, const ProcessSpec& spec, std::array<Stream, 3>& streams, ProcessResult& result)
      : child_(child), spec_(spec), streams_(streams), result_(result) {}

  void until_the_end() {
    while (!ended_) {
      if (wait_for_output()) last_word_ = seconds_since(start_);
      keep_the_deadline();
      reap();
    }
    result_.wall_seconds = seconds_since(start_);
    if (kill(-child_, 0) == 0 && !result_.timed_out) {
      std::this_thread::sleep_for(
          std::chrono::milliseconds(20));  // those that are just ending may end
      result_.left_processes = kill(-child_, 0) == 0;
    }
    kill(-child_, SIGKILL);
    for (Stream& stream : streams_) {
      std::uint64_t rounds = 0;
      while (stream.fd.open() && poll_one(stream) &&
             drain(stream, spec_.output_bytes, result_.output_cut) && ++rounds < 64) {
      }
    }
  }

 private:
  static bool poll_one(const Stream& stream) {
    pollfd fd{stream.fd.get(), POLLIN, 0};
    return poll(&fd, 1, 0) > 0;
  }

  /// Did it say anything new on descriptor 3? (What is too much to be kept is no news.)
  bool wait_for_output() {
    std::array<pollfd, 3> fds{};
    bool any = false, heard = false;
    for (std::size_t i = 0; i < fds.size(); ++i) {
      fds[i] = {streams_[i].fd.get(), POLLIN, 0};  // a negative descriptor is skipped by poll
      any = any || streams_[i].fd.open();
    }
    poll(fds.data(), fds.size(), any ? 50 : 1);
    for (std::size_t i = 0; i < fds.size(); ++i) {
      const std::size_t had = streams_[i].into->size();
      if (fds[i].revents != 0 && !drain(streams_[i], spec_.output_bytes, result_.output_cut)) {
        streams_[i].fd.reset();
      }
      heard = heard || (i == 2 && streams_[i].into->size() > had);
    }
    return heard;
  }

  void keep_the_deadline() {
    const double now = seconds_since(start_);
    const bool silent = spec_.idle_seconds > 0 && now > last_word_ + spec_.idle_seconds;
    if (!silent && now < spec_.wall_seconds) return;
    if (!silent && !result_.timed_out && deserves_more_time(now)) return;
    if (!result_.timed_out) {
      result_.timed_out = true;
      deadline_ = now;
      kill(child_, spec_.warning_signal != 0 ? spec_.warning_signal : SIGKILL);
    } else if (now > deadline_ + grace_seconds) {
      kill(-child_, SIGKILL);
    }
  }

  /// A program that computes but gets little of a busy machine is not yet late; one that sleeps is.
  bool deserves_more_time(double now) const {
    constexpr double most = 6, idle = 0.1;
    if (!spec_.fair_deadline || now > most * spec_.wall_seconds) return false;
    const double used = cpu_seconds_of(child_);
    return used < spec_.wall_seconds && used > idle * now;
  }

  void reap() {
    int status = 0;
    rusage usage{};
    if (wait4(child_, &status, WNOHANG, &usage) != child_) return;
    ended_ = true;
    if (WIFEXITED(status)) result_.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) result_.signal = WTERMSIG(status);
    const auto seconds = [](const timeval& t) {
      return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    result_.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  }

  pid_t child_;
  const ProcessSpec& spec_;
  std::array<Stream, 3>& streams_;
  ProcessResult& result_;
  Clock::time_point start_ = Clock::now();
  double deadline_ = 0, last_word_ = 0;
  bool ended_ = false;
};

/// What the program reads on descriptor 0: a file in memory, so that nobody has to feed a pipe.
Descriptor input_of(const std::string& text) {
  if (text.empty()) return move_high(open("/dev/null", O_RDONLY | O_CLOEXEC));
  Descriptor file = move_high(memfd_create("input", MFD_CLOEXEC));
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t n = write(file.get(), text.data() + done, text.size() - done);
    if (n < 0 && errno != EINTR) fail_with_errno("cannot keep a program's input");
    done += static_cast<std::size_t>(std::max<ssize_t>(n, 0));
  }
  lseek(file.get(), 0, SEEK_SET);
  return file;
}

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const std::string& s : strings) result.push_back(const_cast<char*>(s.c_str()));
  result.push_back(nullptr);
  return result;
}

}  // namespace

ProcessResult run_process(const ProcessSpec& spec) {
  const auto program = find_program(spec.arguments.at(0));
  if (program.empty()) {
    throw InfrastructureError("cannot find the program " + spec.arguments[0] +
                              "\n  hint: is it installed?");
  }
  ProcessResult result;
  const Descriptor input = input_of(spec.input);
  Pipe out, err, record, problem;
  const Launch launch{program.string(),
                      pointers(spec.arguments),
                      pointers(spec.environment),
                      input.get(),
                      out.write.get(),
                      err.write.get(),
                      spec.record_pipe ? record.write.get() : -1,
                      spec.passed_descriptor,
                      problem.write.get()};
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) fail_with_errno("cannot start another process");
  if (child == 0) become(launch, spec, parent);
  setpgid(child, child);  // whoever comes first: parent and child both say it
  for (Pipe* pipe : {&out, &err, &record, &problem}) pipe->write.reset();

  int error = 0;
  ssize_t told = 0;
  do {
    told = read(problem.read.get(), &error, sizeof error);
  } while (told < 0 && errno == EINTR);
  std::array<Stream, 3> streams{Stream{std::move(out.read), &result.out},
                                Stream{std::move(err.read), &result.err},
                                Stream{std::move(record.read), &result.record}};
  for (Stream& stream : streams) fcntl(stream.fd.get(), F_SETFL, O_NONBLOCK);
  Watch(child, spec, streams, result).until_the_end();
  if (told == sizeof error) {
    errno = error;
    fail_with_errno("cannot start " + program.string());
  }
  return result;
}

std::vector<std::string> minimal_environment() {
  return {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8"};
}

std::filesystem::path find_program(const std::string& program) {
  if (program.find('/') != std::string::npos)
    return access(program.c_str(), X_OK) == 0 ? program : "";
  const char* path = std::getenv("PATH");
  std::string_view rest = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    const auto candidate = std::filesystem::path(folder) / program;
    if (!folder.empty() && access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return {};
}

}  // namespace grader
